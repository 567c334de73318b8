// The names that cells have tried to bind in vain, because they did not compile. Whoever converts cells, and
// has them evaluated, keeps one of these.

import type { CellProgram } from './cell-program';
import type { Conversion } from './cells';
import type { Unmade } from './session';

export class UnmadeNames {
  readonly #names = new Map<string, Unmade>();

  /** The newest try of each name. */
  get all(): readonly Unmade[] {
    return [...this.#names.values()];
  }

  /** `cell`: such as `Cell 7`. */
  failed({ declares, diagnostics }: Conversion & { ok: false }, cell: string): void {
    const first = diagnostics[0];
    const line = first?.file === undefined ? first?.line : undefined;
    for (const name of declares) this.#names.set(name, { name, cell, ...(line !== undefined && { line }) });
  }

  /** A cell that compiles has been sent: how it goes, and what it makes, the session knows itself. */
  begun({ declares }: CellProgram): void {
    for (const name of declares) this.#names.delete(name);
  }
}
