// The part of the lanes that is to be seen: from a time to a time, of some processes and objects. Pure.

import { InvalidArgumentError } from '../errors';
import { checkTime } from '../given';
import type { Lane, Lanes } from './lanes';
import { leftOutOf } from './left-out';
import type { Depth } from './messages';

/** The part of a run that a timeline shows. */
export interface TimelineWindow {
  /** From when on, on the clock of the trace: milliseconds since its first event, or a step. */
  readonly from?: number;
  /** Until when it goes. */
  readonly to?: number;
  /** Names or pids of the processes to show; all of them if it is left out. */
  readonly processes?: readonly (string | number)[];
  /** Names of the locks, queues and values to show; all of them if it is left out. */
  readonly objects?: readonly string[];
}

/** @throws InvalidArgumentError for what is wrong whatever the trace is. */
export function checkWindow({ from, to, processes, objects }: TimelineWindow): void {
  if (from !== undefined) checkTime('from', from);
  if (to !== undefined) checkTime('to', to);
  if (from !== undefined && to !== undefined && to <= from) {
    throw new InvalidArgumentError('to', `later than from, which is ${from}`, to);
  }
  if (processes !== undefined) checkList('processes', "['Ada']", processes);
  if (objects !== undefined) checkList('objects', "['Lock-1']", objects);
}

/**
 * `mayCome`: a name that no process has may be that of a process which is still to come.
 *
 * @throws InvalidArgumentError for another one, and for times without anything in between.
 */
export function windowOf(lanes: Lanes, window: TimelineWindow, mayCome = false): Lanes {
  checkWindow(window);
  const { from, to, processes, objects } = window;
  const span = { from: from ?? lanes.from, to: to ?? lanes.to };
  const shownLanes = processes ? chosenLanes(lanes, processes, mayCome) : lanes.lanes;
  const ids = new Set(shownLanes.map(({ process }) => process.id));
  const shownObjects = objects ? chosenObjects(lanes, objects, mayCome) : undefined;
  const isShown = (object: number | undefined): boolean =>
    shownObjects === undefined || (object !== undefined && shownObjects.has(object));
  const isIn = (first: number, last = first): boolean => last >= span.from && first <= span.to;
  const seen = shownLanes.filter((lane) => isIn(lane.from, lane.to));
  const leftOut = leftOutOf(lanes, window, { chosen: shownLanes, seen });
  return {
    ...lanes,
    ...span,
    ...(leftOut !== undefined && { leftOut }),
    lanes: seen.map((lane) => cut(lane, span, isShown)),
    messages: lanes.messages.filter(
      (each) =>
        isShown(each.object) && isIn(each.putAt, each.gotAt) && ids.has(each.from) && ids.has(each.to),
    ),
    unread: lanes.unread.filter((each) => isShown(each.object) && isIn(each.putAt) && ids.has(each.from)),
    starts: lanes.starts.filter(({ at, parent, child }) => isIn(at) && ids.has(parent) && ids.has(child)),
    joins: lanes.joins.filter(({ at, parent, child }) => isIn(at) && ids.has(parent) && ids.has(child)),
    depths: lanes.depths
      .filter(({ object }) => isShown(object))
      .map((depth) => cutDepth(depth, span))
      .filter((depth) => shownObjects !== undefined || isInUse(depth)),
  };
}

function chosenLanes(lanes: Lanes, wanted: readonly (string | number)[], mayCome: boolean): Lane[] {
  const missing = wanted.find(
    (each) => !lanes.lanes.some(({ process }) => process.name === each || process.pid === each),
  );
  if (missing !== undefined && !mayCome) {
    throw new InvalidArgumentError(
      'processes',
      `names or pids of processes in the trace${knownNames(lanes.lanes.map(({ process }) => process.name))}`,
      missing,
    );
  }
  return lanes.lanes.filter(
    ({ process: { name, pid } }) => wanted.includes(name) || (pid !== undefined && wanted.includes(pid)),
  );
}

function chosenObjects(lanes: Lanes, wanted: readonly string[], mayCome: boolean): Set<number> {
  const missing = wanted.find((each) => !lanes.objects.some(({ name }) => name === each));
  if (missing !== undefined && !mayCome) {
    const known = knownNames(lanes.objects.map(({ name }) => name));
    throw new InvalidArgumentError('objects', `names of objects in the trace${known}`, missing);
  }
  return new Set(lanes.objects.filter(({ name }) => wanted.includes(name)).map(({ id }) => id));
}

function checkList(argument: string, example: string, given: unknown): void {
  if (!Array.isArray(given)) throw new InvalidArgumentError(argument, `a list such as ${example}`, given);
}

/** How many are named in an error. */
const MOST_NAMED = 12;

/** Returns the names as they follow 'in the trace'. */
export function knownNames(names: readonly string[]): string {
  if (names.length === 0) return ', which has none yet';
  const more = names.length > MOST_NAMED ? ' …' : '';
  return `: ${names.slice(0, MOST_NAMED).join(', ')}${more}`;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function cut(lane: Lane, span: Span, isShown: (object: number | undefined) => boolean): Lane {
  const inside = <T extends Span>(parts: readonly T[]): T[] =>
    parts
      .filter((part) => part.to >= span.from && part.from <= span.to)
      .map((part) => ({
        ...part,
        from: Math.max(part.from, span.from),
        to: Math.min(part.to, span.to),
      }));
  return {
    ...lane,
    from: Math.max(lane.from, span.from),
    to: Math.min(lane.to, span.to),
    end: lane.to > span.to ? 'open' : lane.end,
    segments: inside(lane.segments).filter((part) => part.to > part.from),
    holdings: inside(lane.holdings).filter(({ object }) => isShown(object)),
    marks: lane.marks.filter(
      ({ at, kind, object }) => at >= span.from && at <= span.to && (kind === 'print' || isShown(object)),
    ),
  };
}

function cutDepth({ object, points }: Depth, { from, to }: Span): Depth {
  const before = points.findLast(({ at }) => at <= from);
  const inside = points.filter(({ at }) => at > from && at <= to);
  return { object, points: before ? [{ at: from, depth: before.depth }, ...inside] : inside };
}

/** A queue of an earlier cell that is empty, and stays so, would only take room. */
function isInUse({ points }: Depth): boolean {
  return points.length > 1 || points.some(({ depth }) => depth > 0);
}
