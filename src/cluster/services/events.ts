// The events of a room: a flag, and how often it changed.
import type { Desk, Operations, Question } from '../line/service';
import { Cells } from './cells/many';

interface Flag {
  readonly isSet: boolean;
  readonly changes: number;
}

const CLEAR: Flag = { isSet: false, changes: 0 };

export function openEvents(desk: Desk) {
  const cells = new Cells<Flag>(desk, 'event');
  const cell = ({ name }: { name: string }) => cells.named(name, () => CLEAR);
  return {
    put: async ({ isSet, ...which }: { name: string; isSet: boolean }) => {
      await cell(which).change((flag) =>
        flag.isSet === isSet
          ? { result: null }
          : { state: { isSet, changes: flag.changes + 1 }, result: null },
      );
    },
    isSet: async (which: { name: string }) => (await cell(which).read())?.isSet ?? false,
    /** True also if it was cleared again at once. */
    wait: ({ timeoutMs, ...which }: { name: string; timeoutMs: number | undefined }, { stop }: Question) => {
      let before: number | undefined;
      const look = (flag: Flag) => {
        before ??= flag.changes;
        return flag.isSet || flag.changes !== before ? true : undefined;
      };
      return cell(which).until(look, { stop, timeoutMs });
    },
  } satisfies Operations;
}
