// A compiler that does nothing: TypeScript is taken for JavaScript, and what it is asked is answered with what it was given.

import type { AsyncCells, Conversion } from '../../../kernel/conversations/cells';

export class FakeCells implements AsyncCells {
  forgotten = 0;

  prepare(): void {}

  convert(code: string, { cell }: { cell: number | string }): Conversion {
    if (code.includes('TYPE ERROR')) {
      const excerpt = `1 | ${code}\n  | ^`;
      return {
        ok: false,
        declares: [],
        diagnostics: [{ line: 1, column: 1, message: 'It is wrong.', code: 2322, excerpt }],
      };
    }
    const url = `Cell ${cell}`;
    const sourceMap = {
      version: 3,
      file: url,
      sources: [url],
      sourcesContent: [code],
      names: [],
      mappings: '',
    } as const;
    const program = { url, javascript: code, isAsync: true, declares: [], uses: [], modules: [] };
    return {
      ok: true,
      warnings: [],
      program: { ...program, sourceMap: { ...sourceMap, sources: [url], sourcesContent: [code], names: [] } },
    };
  }

  complete(code: string, cursor: number) {
    const start = code.lastIndexOf('.', cursor) + 1;
    return { start, end: cursor, completions: [{ text: `${code.slice(start, cursor)}!`, kind: 'property' }] };
  }

  inspect(code: string, cursor: number) {
    if (code[cursor] === ' ') return undefined;
    return { text: `the word at ${cursor}`, markdown: `*the word at ${cursor}*` };
  }

  commandLines(code: string) {
    return { commands: [], rest: code };
  }

  isComplete(code: string) {
    return code.endsWith('{')
      ? ({ status: 'incomplete', indent: '  ' } as const)
      : ({ status: 'complete' } as const);
  }

  expression(code: string) {
    return code;
  }

  declare(): void {}

  typeOf() {
    return undefined;
  }

  forget(): void {
    this.forgotten += 1;
  }

  interrupt(): void {}

  close(): void {}
}
