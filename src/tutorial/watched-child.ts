// What a watched child runs: the student's function, with a copy of every printed piece put into a queue for
// the check.

import type { Queue } from '../channel/queue';
import { hearPrinting } from './hear-printing';

/** Something that a child printed; `child` is its place among the children of the run. */
export interface Heard {
  readonly child: number;
  readonly text: string;
}

/** Exported by name, so that it reaches the child as module and name and not as source. */
export async function runWatched(
  child: number,
  heard: Queue<Heard>,
  target: (...args: unknown[]) => unknown,
  args: readonly unknown[],
): Promise<unknown> {
  hearPrinting((text) => heard.putNowait({ child, text }));
  return await target(...args);
}
