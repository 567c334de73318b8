// Who gets which work next: how much a worker may take, and which call gives it. It remembers nothing, and
// starts and sends nothing.

import type { Takers } from './call';

/** A worker, as far as it decides what it gets. */
interface Hands {
  readonly isLeaving: boolean;
  readonly inHand: readonly unknown[];
  /** Items in all its life. */
  readonly given: number;
}

interface Limits {
  processes: number;
  maxTasksPerChild: number | undefined;
}

/** What a worker may get. */
export interface Demand {
  /** How many items at most. */
  most: number;
  takers: Takers;
  /** The items will wait behind those that the worker has, so they must not be slow. */
  mustBeQuick: boolean;
}

/** A call, as far as it decides what it gives. */
interface Giver<Given> {
  readonly isQuick: boolean;
  /** Undefined: it has nothing to give now. */
  next(most: number, takers: Takers): Given | undefined;
}

/** Undefined when the worker gets nothing more, now or ever. */
export function demandOf(
  worker: Hands,
  workers: Iterable<Hands>,
  { processes, maxTasksPerChild }: Limits,
): Demand | undefined {
  const most = (maxTasksPerChild ?? Number.POSITIVE_INFINITY) - worker.given;
  if (worker.isLeaving || most < 1) return undefined;
  const mustBeQuick = worker.inHand.length > 0;
  return { most, takers: { processes, idle: countIdle(workers) }, mustBeQuick };
}

function countIdle(workers: Iterable<Hands>): number {
  let idle = 0;
  for (const { isLeaving, inHand } of workers) if (!isLeaving && inHand.length === 0) idle++;
  return idle;
}

/** What the first of the calls gives that has something for this demand. */
export function nextOf<Given>(
  calls: Iterable<Giver<Given>>,
  { most, takers, mustBeQuick }: Demand,
): Given | undefined {
  for (const call of calls) {
    if (mustBeQuick && !call.isQuick) continue;
    const given = call.next(most, takers);
    if (given !== undefined) return given;
  }
  return undefined;
}
