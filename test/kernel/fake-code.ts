// A compiler that does nothing: TypeScript is taken for JavaScript, and what it is asked is answered with what it was given.

import type { Converted, NotebookCode } from '../../kernel/handlers/notebook-code';

export class FakeCode implements NotebookCode {
  forgotten = 0;

  convert(code: string, label: number | string): Converted {
    if (code.includes('TYPE ERROR')) {
      return { ok: false, error: { name: 'TypeScriptError', message: 'wrong', traceback: ['wrong'] } };
    }
    const url = `Cell ${label}`;
    const sourceMap = {
      version: 3,
      file: url,
      sources: [url],
      sourcesContent: [code],
      names: [],
      mappings: '',
    } as const;
    return {
      ok: true,
      program: {
        url,
        javascript: code,
        isAsync: true,
        modules: [],
        sourceMap: { ...sourceMap, sources: [url], sourcesContent: [code], names: [] },
      },
    };
  }

  complete(code: string, cursor: number) {
    const start = code.lastIndexOf('.', cursor) + 1;
    return { start, end: cursor, matches: [{ text: `${code.slice(start, cursor)}!`, type: 'property' }] };
  }

  inspect(code: string, cursor: number) {
    return code[cursor] === ' ' ? undefined : { 'text/plain': `the word at ${cursor}` };
  }

  isComplete(code: string) {
    return code.endsWith('{')
      ? ({ status: 'incomplete', indent: '  ' } as const)
      : ({ status: 'complete' } as const);
  }

  forget(): void {
    this.forgotten += 1;
  }

  close(): void {}
}
