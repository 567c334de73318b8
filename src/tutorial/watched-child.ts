// What a watched child runs: the student's function, with a copy of every printed piece put into a queue for
// the check.

import type { Queue } from '../channel/queue';
import { hearPrinting } from './hear-printing';

/** Something that was printed. */
export interface Heard {
  /** Its place among the children of the run; -1 is the parent. */
  readonly child: number;
  readonly text: string;
}

/** Exported by name, so that it reaches the child as module and name and not as source. */
export async function runWatched(
  child: number,
  heard: Queue<Heard>,
  isQuiet: boolean,
  target: (...args: unknown[]) => unknown,
  args: readonly unknown[],
): Promise<unknown> {
  hearPrinting((text) => {
    heard.putNowait({ child, text });
    return isQuiet;
  });
  return await target(...args);
}
