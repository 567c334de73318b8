// wait() and waitSync(), as a program under control sees them.

import type { wait as realWait, waitSync as realWaitSync, WaitAnyOptions } from '../../channel/wait';
import { checkOptionsOf } from '../../given';
import { thingsWith } from '../../waiting/waitable';
import type { Source } from '../machines/wait-any';
import { GAVE_UP, type Plain, perform } from '../operations';
import { wait as waitFor, waitingFor } from './waiting';

/** What wait() has to look at. */
export const sourceOf: unique symbol = Symbol('parlab.explored');

export interface Waited {
  [sourceOf](): Source;
}

export const wait = async function wait(
  things: Iterable<Waited>,
  options: WaitAnyOptions = {},
): Promise<Waited[]> {
  checkOptionsOf('wait', options);
  const all = thingsWith(sourceOf, things);
  if (all.length === 0) return [];
  const sources = all.map((thing) => thing[sourceOf]()) as unknown as Plain[];
  return chosen(all, await waitFor('waitAny', -1, sources, waitingFor('wait()', options)));
} as unknown as typeof realWait;

export const waitSync = function waitSync(
  things: Iterable<Waited>,
  options: Omit<WaitAnyOptions, 'signal'> = {},
): Waited[] {
  checkOptionsOf('wait', options);
  const all = thingsWith(sourceOf, things);
  if (all.length === 0) return [];
  const sources = all.map((thing) => thing[sourceOf]()) as unknown as Plain[];
  const { timeoutMs } = waitingFor('', options);
  return chosen(all, perform('waitAny', -1, sources, { timeoutMs }));
} as unknown as typeof realWaitSync;

function chosen(all: Waited[], ready: Plain): Waited[] {
  return ready === GAVE_UP ? [] : all.filter((_, index) => (ready as number[]).includes(index));
}
