// The numbers of a room. Each as a text: JSON has no bigint.
import type { Desk, Operations } from '../line/service';
import { Cells } from './cells/many';

export interface ValueName {
  readonly name: string;
  readonly initial: string;
}

export function openValues(desk: Desk) {
  const cells = new Cells<string>(desk, 'value');
  const cell = ({ name, initial }: ValueName) => cells.named(name, () => initial);
  return {
    get: (which: ValueName) => cell(which).read(),
    set: async ({ value, ...which }: ValueName & { value: string }) => {
      await cell(which).change(() => ({ state: value, result: null }));
    },
    /** Whether it was still `expected`, and is `value` now. */
    swap: ({ expected, value, ...which }: ValueName & { expected: string; value: string }) =>
      cell(which).change((now) => (now === expected ? { state: value, result: true } : { result: false })),
  } satisfies Operations;
}
