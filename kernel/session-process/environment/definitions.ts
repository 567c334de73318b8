// Which cell made what the notebook's names stand for, and which tried to make it anew in vain: what a check
// is given may be older than what stands in the notebook.

import { setDefinitions } from 'parlab/host';
import type { CellProgram } from '../../conversations/cell-program';
import type { Unmade } from '../../conversations/session';
import { type Cell, contextCell } from '../cell/cell';
import { OwnMap, OwnSet } from '../safeguards/pristine';

interface Definition {
  /** The cell that made it. */
  readonly cell: string;
  /** The names of earlier cells that this cell speaks of. */
  readonly uses: readonly string[];
  /** The newest cell that failed before it had made it. */
  readonly unmadeBy?: string;
}

type Bindings = { readonly [name: string]: unknown };

let bindings: Bindings = {};
const definitions = new OwnMap<string, Definition>();
/** What a cell speaks of, and what stood before it for each name that it makes. */
const begun = new WeakMap<Cell, { uses: readonly string[]; before: OwnMap<string, unknown> }>();

export function beginDefinitions(
  cell: Cell,
  { declares, uses }: CellProgram,
  unmade: readonly Unmade[],
): void {
  for (const { name, cell: by } of unmade) fail(name, by);
  const before = new OwnMap<string, unknown>();
  for (const name of declares) before.set(name, bindings[name]);
  begun.set(cell, { uses, before });
}

/** Of a cell that was cut short, what is the same as before was not made. */
export function endDefinitions(cell: Cell, isWhole: boolean): void {
  const { uses, before } = begun.get(cell) ?? { uses: [], before: new OwnMap() };
  for (const [name, value] of before) {
    if (isWhole || !Object.is(bindings[name], value)) {
      definitions.set(name, { cell: cell.url, uses });
    } else fail(name, cell.url);
  }
}

function fail(name: string, unmadeBy: string): void {
  const known = definitions.get(name) ?? { cell: unmadeBy, uses: [] };
  definitions.set(name, { ...known, unmadeBy });
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
      for (const [name, { unmadeBy }] of inUse()) if (unmadeBy !== undefined) return { name, cell: unmadeBy };
      return undefined;
    },
  });
}
