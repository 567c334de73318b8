// The files that cells are to a debugger: named after their text, as front ends name them too. They exist by
// name only.

import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import type { SourceMap } from '../../conversations/cell-program';
import { murmur2 } from './murmur2';
import { ScriptLines } from './script-lines';

/** What a front end must know to name the file of a cell as we do. */
export interface FileNaming {
  hashMethod: 'Murmur2';
  hashSeed: number;
  tmpFilePrefix: string;
  tmpFileSuffix: string;
}

/** One evaluation of a cell: V8 knows it by the url. */
export interface CellScript {
  url: string;
  path: string;
  lines: ScriptLines;
}

const SEED = 0x9747b28c;

export class CellFiles {
  readonly naming: FileNaming = {
    hashMethod: 'Murmur2',
    hashSeed: SEED,
    tmpFilePrefix: join(tmpdir(), `parlab-${process.pid}`) + sep,
    tmpFileSuffix: '.ts',
  };
  readonly #texts = new Map<string, string>();
  readonly #scripts = new Map<string, CellScript>();

  /** A front end is about to speak of the cell with this text. */
  dump(text: string): string {
    const { hashSeed, tmpFilePrefix, tmpFileSuffix } = this.naming;
    const path = `${tmpFilePrefix}${murmur2(text, hashSeed)}${tmpFileSuffix}`;
    this.#texts.set(path, text);
    return path;
  }

  /** The cell is about to be evaluated, or has been. */
  add(sourceMap: SourceMap): CellScript {
    const script = {
      url: sourceMap.file,
      path: this.dump(sourceMap.sourcesContent[0] ?? ''),
      lines: new ScriptLines(sourceMap),
    };
    this.#scripts.set(script.url, script);
    return script;
  }

  withUrl(url: string): CellScript | undefined {
    return this.#scripts.get(url);
  }

  at(path: string): CellScript[] {
    return [...this.#scripts.values()].filter((script) => script.path === path);
  }

  textOf(path: string): string | undefined {
    return this.#texts.get(path);
  }

  /** The session that ran them is gone. */
  forgetScripts(): void {
    this.#scripts.clear();
  }
}
