// A timeline in the Trace Event Format, which Perfetto (ui.perfetto.dev) and chrome://tracing read: states
// and locks as slices, messages and starts as arrows, queues as counters.

import type { Lane, Lanes } from './lanes';
import { lostOf, titleOf } from './summary';
import { legible } from './svg';
import { listed, type Names, namesOf, waitWords } from './words';

/** One event, as the format describes it; times are in microseconds. */
export interface ChromeEvent {
  /** X: a slice; M: a name; s and f: the two ends of an arrow; C: a counter; i: a moment. */
  readonly ph: 'X' | 'M' | 's' | 'f' | 'C' | 'i';
  /** What it is called. */
  readonly name: string;
  /** The number of the process. */
  readonly pid: number;
  /** 1 for the states of the process, more for the locks that it holds. */
  readonly tid: number;
  /** When, in microseconds. */
  readonly ts: number;
  readonly [key: string]: unknown;
}

/** A timeline in the Trace Event Format, to be written as JSON. */
export interface ChromeTrace {
  /** The events, in no order. */
  readonly traceEvents: readonly ChromeEvent[];
  /** What a reader shows times in. */
  readonly displayTimeUnit: 'ms';
  /** The title, the clock, and what is missing. */
  readonly otherData: { readonly [key: string]: string };
}

/** Slices of one thread must lie within each other, and locks need not: each has a thread of its own. */
const STATES = 1;
const FIRST_LOCK = 2;

export function chromeTraceOf(lanes: Lanes): ChromeTrace {
  const names = namesOf(lanes.processes, lanes.objects);
  // A step is as long as a millisecond.
  const ts = (at: number): number => Math.round(at * 1000);
  const pidOf = (id: number): number => lanes.processes[id]?.pid ?? id + 1;
  const events = lanes.lanes.flatMap((lane, order) => laneEvents(lane, order, names, ts, pidOf));
  let flow = 0;
  const arrow = (name: string, cat: string, from: Point, to: Point): void => {
    flow++;
    const common = { name, cat, id: flow, tid: STATES };
    events.push({ ...common, ph: 's', pid: pidOf(from.process), ts: ts(from.at) });
    events.push({ ...common, ph: 'f', bp: 'e', pid: pidOf(to.process), ts: ts(to.at) });
  };
  for (const { object, number, from, to, putAt, gotAt } of lanes.messages) {
    const name = `${names.object(object)}: message ${number}`;
    arrow(name, 'message', { process: from, at: putAt }, { process: to, at: gotAt });
  }
  for (const { parent, child, at } of lanes.starts) {
    arrow('start', 'process', { process: parent, at }, { process: child, at });
  }
  const main = pidOf(lanes.lanes[0]?.process.id ?? 0);
  for (const { object, points } of lanes.depths) {
    for (const { at, depth } of points) {
      const args = { messages: depth };
      events.push({ ph: 'C', name: names.object(object), pid: main, tid: STATES, ts: ts(at), args });
    }
  }
  return {
    traceEvents: events,
    displayTimeUnit: 'ms',
    otherData: { title: titleOf(lanes), clock: lanes.clock, lost: lostOf(lanes) },
  };
}

interface Point {
  readonly process: number;
  readonly at: number;
}

function laneEvents(
  lane: Lane,
  order: number,
  names: Names,
  ts: (at: number) => number,
  pidOf: (id: number) => number,
): ChromeEvent[] {
  const { process, segments, holdings, marks } = lane;
  const pid = pidOf(process.id);
  const meta = (name: string, tid: number, args: object): ChromeEvent => ({
    ph: 'M',
    name,
    pid,
    tid,
    ts: 0,
    args,
  });
  const locks = [...new Set(holdings.map(({ object }) => object))];
  const tidOf = (object: number): number => FIRST_LOCK + locks.indexOf(object);
  const slice = (name: string, tid: number, from: number, to: number, args: object): ChromeEvent => ({
    ph: 'X',
    name,
    cat: tid === STATES ? 'state' : 'lock',
    pid,
    tid,
    ts: ts(from),
    dur: ts(to) - ts(from),
    args,
  });
  return [
    meta('process_name', STATES, { name: legible(process.name) }),
    meta('process_sort_index', STATES, { sort_index: order }),
    meta('thread_name', STATES, { name: 'state' }),
    ...locks.map((object) => meta('thread_name', tidOf(object), { name: `holds ${names.object(object)}` })),
    ...segments.map((segment) => {
      const name = segment.state === 'waiting' ? `waits for ${shortWait(segment, names)}` : segment.state;
      const args = {
        ...(segment.state === 'waiting' && { for: waitWords(segment, names, process.id) }),
        ...(segment.heldBy.length > 0 && { heldBy: listed(segment.heldBy.map(names.process), 20) }),
        ...(segment.where !== undefined && { where: segment.where }),
      };
      return slice(name, STATES, segment.from, segment.to, args);
    }),
    ...holdings.map(({ object, from, to, where }) =>
      slice(names.object(object), tidOf(object), from, to, where === undefined ? {} : { where }),
    ),
    ...marks.map(
      ({ at, kind, text, object }): ChromeEvent => ({
        ph: 'i',
        s: 't',
        name:
          kind === 'print' ? legible(text) : `${kind}s ${object === undefined ? '' : names.object(object)}`,
        cat: kind,
        pid,
        tid: STATES,
        ts: ts(at),
        args: { text },
      }),
    ),
  ];
}

function shortWait(segment: { object?: number; child?: number }, names: Names): string {
  if (segment.child !== undefined) return names.process(segment.child);
  return segment.object === undefined ? 'something' : names.object(segment.object);
}
