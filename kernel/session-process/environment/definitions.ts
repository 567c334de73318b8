// Which cell made what the notebook's names stand for, and which tried to make it anew in vain: what a check
// is given may be older than what stands in the notebook.

import { setDefinitions } from 'parlab/host';
import type { CellProgram } from '../../conversations/cell-program';
import type { Outcome, Unmade } from '../../conversations/session';
import { type Cell, contextCell } from '../cell/cell';
import { OwnMap, OwnSet } from '../safeguards/pristine';

interface Definition {
  /** The cell that made it. */
  readonly cell: string;
  /** The names of earlier cells that this cell speaks of. */
  readonly uses: readonly string[];
  /** What that cell ended with, if not at its end. */
  readonly cut?: string;
  /** The newest cell that failed before it had made it, and with what. */
  readonly unmade?: Failed;
  /** The id by which the front end knows that cell. */
  readonly cellId?: string | undefined;
  /** That cell was changed and run again, and does not make it any more. */
  readonly isGone?: boolean;
}

interface Failed {
  readonly cell: string;
  readonly cut: string;
}

type Bindings = { readonly [name: string]: unknown };

let bindings: Bindings = {};
const definitions = new OwnMap<string, Definition>();
/** What a cell speaks of, and what stood before it for each name that it makes. */
const begun = new WeakMap<
  Cell,
  { uses: readonly string[]; before: OwnMap<string, unknown>; cellId?: string | undefined }
>();

export function beginDefinitions(
  cell: Cell,
  { declares, uses }: CellProgram,
  { unmade, cellId }: { unmade: readonly Unmade[]; cellId: string | undefined },
): void {
  leaveBehind(cellId, new OwnSet(declares));
  for (const { name, cell: by, line } of unmade) fail(name, { cell: by, cut: inLine('an error', line) });
  const before = new OwnMap<string, unknown>();
  for (const name of declares) before.set(name, bindings[name]);
  begun.set(cell, { uses, before, cellId });
}

/** What is the same as before was not made by a cell that was cut short. */
export function endDefinitions(cell: Cell, outcome: Outcome): void {
  const { uses, before, cellId } = begun.get(cell) ?? { uses: [], before: new OwnMap() };
  const cut = outcome.type === 'returned' ? undefined : cutOf(outcome, cell.url);
  for (const [name, value] of before) {
    if (cut === undefined) definitions.set(name, { cell: cell.url, uses, cellId });
    else if (Object.is(bindings[name], value)) fail(name, { cell: cell.url, cut });
    else definitions.set(name, { cell: cell.url, uses, cut, cellId });
  }
}

/** What an earlier run of this cell made lives on, and stands nowhere. */
function leaveBehind(cellId: string | undefined, declares: OwnSet<string>): void {
  if (cellId === undefined) return;
  for (const [name, definition] of definitions) {
    if (definition.cellId === cellId && !declares.has(name))
      definitions.set(name, { ...definition, isGone: true });
  }
}

function fail(name: string, unmade: Failed): void {
  const known = definitions.get(name) ?? { cell: unmade.cell, uses: [] };
  definitions.set(name, { ...known, unmade });
}

/** `url`: the cell's. The last place in it on the way to the error is the line that did not end. */
function cutOf({ type, traceback }: Exclude<Outcome, { type: 'returned' }>, url: string): string {
  const cause = traceback.findIndex((line) => line.startsWith('Caused by'));
  const way = cause < 0 ? traceback : traceback.slice(0, cause);
  const line = way.map((frame) => new RegExp(`${url}:(\\d+):\\d+`).exec(frame)?.[1]).findLast(Boolean);
  return inLine(type === 'interrupted' ? 'an interrupt' : 'an error', line);
}

function inLine(what: string, line: string | number | undefined): string {
  return line === undefined ? what : `${what} in line ${line}`;
}

/** What the running cell speaks of, and what the cells that made that speak of, and so on. */
function* inUse(): Generator<[name: string, definition: Definition]> {
  const cell = contextCell();
  const names = new OwnSet<string>((cell && begun.get(cell)?.uses) ?? []);
  for (const name of names) {
    const definition = definitions.get(name);
    if (definition === undefined) continue;
    yield [name, definition];
    for (const used of definition.uses) names.add(used);
  }
}

/** `exports`: what the names of the notebook stand for. */
export function tellDefinitions(exports: Bindings): void {
  bindings = exports;
  setDefinitions({
    of(value) {
      for (const [name, { cell }] of inUse()) if (Object.is(exports[name], value)) return { name, cell };
      return undefined;
    },
    unmade() {
      for (const [name, { unmade }] of inUse()) if (unmade !== undefined) return { name, ...unmade };
      return undefined;
    },
    gone() {
      for (const [name, { cell, isGone }] of inUse()) if (isGone) return { name, cell };
      return undefined;
    },
    cut() {
      for (const [name, { cell, cut }] of inUse()) if (cut !== undefined) return { name, cell, cut };
      return undefined;
    },
  });
}
