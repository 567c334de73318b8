// A trace as lanes: what each process did from its start to its end, without a gap. Pure.

import type { Trace, TracedObject, TracedProcess, TraceEvent } from '../trace/record';
import { Holders, type Holding } from './holdings';
import { type Depth, Mailbox, type Message, type Unread } from './messages';
import { LaneStates, type Segment } from './segments';

export interface Lane {
  readonly process: TracedProcess;
  /** How many generations below the main process. */
  readonly level: number;
  readonly from: number;
  readonly to: number;
  /**
   * 'open': it still ran when the trace was read. 'unseen': it has ended, and the trace does not say when.
   */
  readonly end: 'open' | 'exited' | 'unseen';
  /** One behind the other, from `from` to `to`. */
  readonly segments: readonly Segment[];
  /** What a process that still runs has begun at `to` itself. */
  readonly begun?: Segment;
  readonly holdings: readonly Holding[];
  readonly marks: readonly Mark[];
}

/** What is done at one moment. */
export interface Mark {
  readonly at: number;
  readonly kind: 'print' | 'read' | 'write' | 'look';
  readonly text: string;
  readonly object?: number;
  readonly where?: string;
}

/** A process starts another one, or learns of its end. */
export interface Link {
  readonly at: number;
  readonly parent: number;
  readonly child: number;
}

export interface Lanes {
  readonly clock: Trace['clock'];
  readonly from: number;
  readonly to: number;
  /** A parent stands before its children. */
  readonly lanes: readonly Lane[];
  /** All of the trace, also those whose lanes are not shown. */
  readonly processes: readonly TracedProcess[];
  readonly objects: readonly TracedObject[];
  readonly messages: readonly Message[];
  readonly unread: readonly Unread[];
  readonly starts: readonly Link[];
  readonly joins: readonly Link[];
  readonly depths: readonly Depth[];
  readonly lost: number;
  /** What the options of a timeline leave out, in a sentence, where they leave nothing. */
  readonly leftOut?: string;
}

/** `until`: what time it is now, where processes still run. */
export function lanesOf(trace: Trace, until = 0): Lanes {
  const { events, clock, processes, objects, lost } = trace;
  // What was forgotten may have happened before the first event that is left; and steps are counted from 1.
  const from = trace.lost > 0 || clock === 'steps' ? (events[0]?.at ?? 0) : 0;
  const last = events.at(-1)?.at ?? 0;
  // A step takes its whole column.
  const to = Math.max(from, until, clock === 'steps' && events.length > 0 ? last + 1 : last);
  const { begins, states, holders, marks, mailbox, starts, joins } = followed(trace, from);
  const lanes = inTreeOrder(processes).map(({ process, level }): Lane => {
    const { id } = process;
    const began = begins.get(id) ?? from;
    const state = states.get(id) ?? new LaneStates(began);
    const end = state.exitedAt !== undefined ? 'exited' : process.exitcode === undefined ? 'open' : 'unseen';
    const joinedAt = joins.find(({ child }) => child === id)?.at;
    const ends = Math.max(began, end === 'open' ? to : (state.exitedAt ?? joinedAt ?? state.lastAt));
    const begun = end === 'open' ? state.begunAt(ends) : undefined;
    return {
      process,
      level,
      from: began,
      to: ends,
      end,
      segments: state.until(ends, clock),
      ...(begun !== undefined && { begun }),
      holdings: holders.of(id, ends),
      marks: marks.get(id) ?? [],
    };
  });
  const { messages, unread } = mailbox;
  const depths = mailbox.depths(from);
  return { clock, from, to, lanes, processes, objects, messages, unread, starts, joins, depths, lost };
}

/** Follows the events from first to last, and returns what the lanes are made of, by process. */
function followed(trace: Trace, from: number) {
  const holders = new Holders(trace.lost > 0 ? firstOf(trace) : undefined);
  const mailbox = new Mailbox();
  const states = new Map<number, LaneStates>();
  const marks = new Map<number, Mark[]>();
  const starts: Link[] = [];
  const joins: Link[] = [];
  const begins = beginnings(trace, from);
  for (const event of trace.events) {
    const { process, kind, at, child } = event;
    let lane = states.get(process);
    if (lane === undefined) {
      lane = new LaneStates(begins.get(process) ?? from);
      states.set(process, lane);
    }
    lane.happened(event, holders);
    if (trace.clock === 'steps' && kind !== 'wait') lane.moved(at);
    holders.happened(event, states.values());
    mailbox.happened(event);
    if (kind === 'start' && child !== undefined) starts.push({ at, parent: process, child });
    if (kind === 'joined' && child !== undefined) joins.push({ at, parent: process, child });
    const mark = markOf(event);
    if (mark !== undefined) {
      const before = marks.get(process);
      if (before === undefined) marks.set(process, [mark]);
      else before.push(mark);
    }
  }
  return { begins, states, holders, marks, mailbox, starts, joins };
}

/** Returns the mark on the lane of an event that takes no time of its own; undefined for other events. */
function markOf({ at, kind, text = '', object, where }: TraceEvent): Mark | undefined {
  if (kind !== 'print' && kind !== 'read' && kind !== 'write' && kind !== 'look') return undefined;
  return { at, kind, text, ...(object !== undefined && { object }), ...(where !== undefined && { where }) };
}

/**
 * Returns when each process was started. A process whose start is not in the trace began before what is
 * remembered, or with its first event.
 */
function beginnings(trace: Trace, from: number): Map<number, number> {
  const begins = new Map<number, number>();
  for (const { kind, child, at } of trace.events) {
    if (kind === 'start' && child !== undefined && !begins.has(child)) begins.set(child, at);
  }
  for (const { process, at } of trace.events) {
    if (begins.has(process)) continue;
    const isMain = trace.processes[process]?.parent === undefined;
    begins.set(process, isMain || trace.lost > 0 ? from : at);
  }
  return begins;
}

/** Returns when each process did the first thing that is remembered. */
function firstOf({ events }: Trace): Map<number, number> {
  const first = new Map<number, number>();
  for (const { process, at } of events) if (!first.has(process)) first.set(process, at);
  return first;
}

function inTreeOrder(processes: readonly TracedProcess[]): { process: TracedProcess; level: number }[] {
  const children = new Map<number | undefined, TracedProcess[]>();
  for (const process of processes) {
    const known = process.parent !== undefined && processes.some(({ id }) => id === process.parent);
    const parent = known ? process.parent : undefined;
    children.set(parent, [...(children.get(parent) ?? []), process]);
  }
  const ordered: { process: TracedProcess; level: number }[] = [];
  const visit = (parent: number | undefined, level: number): void => {
    for (const process of children.get(parent) ?? []) {
      ordered.push({ process, level });
      children.delete(parent);
      visit(process.id, level + 1);
    }
  };
  visit(undefined, 0);
  return ordered;
}
