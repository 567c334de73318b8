// The scripts of one debugged process: which of them the student wrote, and where her lines are in them.

import type { Debugger } from 'node:inspector';
import { basename, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { kernelCode, libraryCode } from '../../package-root';
import type { CellFiles } from './cell-files';
import type { InspectorConnection } from './inspector-connection';
import { inlineLines, type ScriptLines, type ScriptPlace } from './script-lines';
import { ScriptSyntax } from './script-syntax';

export interface Written {
  /** The file, for a front end. */
  path: string;
  /** The file, for a person: `Cell 3`, `helper.ts`. */
  name: string;
  line: number;
  column: number;
}

interface Script {
  url: string;
  start: ScriptPlace;
  /** The lines of a module that was compiled from TypeScript. */
  lines?: ScriptLines;
  /** The student's own file; undefined for cells and for all that is not hers. */
  file?: string;
  syntax?: Promise<ScriptSyntax>;
}

const OWN_FOLDERS = [kernelCode, libraryCode].map((folder) => pathToFileURL(`${folder}${sep}`).href);

/** What V8 steps over and through: Node's own code, packages, and ParLab's. */
export const foreignPatterns = ['^node:', '/node_modules/', ...OWN_FOLDERS.map((url) => `^${escaped(url)}`)];

const FOREIGN = new RegExp(foreignPatterns.join('|'));

export class Scripts {
  readonly #cells: CellFiles;
  readonly #connection: InspectorConnection;
  readonly #known = new Map<string, Script>();

  constructor(cells: CellFiles, connection: InspectorConnection) {
    this.#cells = cells;
    this.#connection = connection;
  }

  /** Gives the script's file if it is a module of the student's. */
  add(parsed: Debugger.ScriptParsedEventDataType): string | undefined {
    const { scriptId, url, startLine, startColumn, sourceMapURL } = parsed;
    const script: Script = { url, start: { lineNumber: startLine, columnNumber: startColumn } };
    this.#known.set(scriptId, script);
    if (!url.startsWith('file:') || FOREIGN.test(url)) return undefined;
    script.file = fileURLToPath(url);
    const lines = inlineLines(sourceMapURL);
    if (lines) script.lines = lines;
    return script.file;
  }

  written({ scriptId, lineNumber, columnNumber = 0 }: Debugger.Location): Written | undefined {
    const script = this.#known.get(scriptId);
    if (!script) return undefined;
    const cell = this.#cells.withUrl(script.url);
    const path = cell?.path ?? script.file;
    if (path === undefined) return undefined;
    const lines = cell?.lines ?? script.lines;
    const place = lines
      ? lines.writtenAt({ lineNumber, columnNumber })
      : { line: lineNumber + 1, column: columnNumber + 1 };
    return place && { path, name: cell ? cell.url : basename(path), ...place };
  }

  /** Whether the student wrote it, or it was made of what she wrote. */
  isStudents({ scriptId }: Debugger.Location): boolean {
    const script = this.#known.get(scriptId);
    return (
      script !== undefined && (script.file !== undefined || this.#cells.withUrl(script.url) !== undefined)
    );
  }

  /** Whether ParLab wrote it: its catches are not the student's. */
  isOurs({ scriptId }: Debugger.Location): boolean {
    const url = this.#known.get(scriptId)?.url ?? '';
    return OWN_FOLDERS.some((folder) => url.startsWith(folder));
  }

  async syntaxOf({ scriptId }: { scriptId: string | undefined }): Promise<ScriptSyntax | undefined> {
    const script = scriptId === undefined ? undefined : this.#known.get(scriptId);
    if (!script || scriptId === undefined) return undefined;
    script.syntax ??= this.#connection
      .post('Debugger.getScriptSource', { scriptId })
      .then(({ scriptSource }) => new ScriptSyntax(scriptSource, script.start));
    return script.syntax;
  }

  /** The script that ran last under this url. */
  idOf(url: string): string | undefined {
    return [...this.#known].findLast(([, script]) => script.url === url)?.[0];
  }

  /** The student's modules, as far as they are loaded. */
  get files(): { url: string; file: string; lines: ScriptLines | undefined }[] {
    return [...this.#known.values()].flatMap(({ url, file, lines }) =>
      file === undefined ? [] : [{ url, file, lines }],
    );
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
