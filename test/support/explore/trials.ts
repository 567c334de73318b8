// The programs that explore() is tried on, as cells: scripts of their own, whose names no module exports.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import type { ExploreOptions } from '../../../src/explore/options';

export interface Trial {
  readonly program: () => unknown;
  readonly options: ExploreOptions;
}

const FOLDER = join(__dirname, '..', '..', '..', '..', 'test', 'programs', 'explore');
export const trialFiles = ['programs', 'hard', 'more'] as const;

export function trialsOf(file: (typeof trialFiles)[number], cell = 'Cell 1'): Record<string, Trial> {
  const source = readFileSync(join(FOLDER, `${file}.cjs`), 'utf8');
  return evaluate(source, cell) as Record<string, Trial>;
}

/** The exports of a cell. */
export function evaluate(source: string, cell = 'Cell 1'): Record<string, unknown> {
  const script = new Script(`(function (exports, require) {\n${source}\n})`, {
    filename: cell,
    lineOffset: -1,
  });
  const made = {};
  const parlab = (id: string) => (id === 'parlab' ? require('../../../src/index') : require(id));
  script.runInThisContext()(made, Object.assign(parlab, require));
  return made;
}
