// The states of one process, one after the other. Pure: it is told the events in their order.

import type { EventKind, TraceEvent } from '../trace/record';
import type { Holders, OpenWait } from './holdings';

type LaneState = 'running' | 'ready' | 'waiting' | 'sleeping';

export interface Segment {
  readonly state: LaneState;
  readonly from: number;
  readonly to: number;
  /** What is waited for. */
  readonly object?: number;
  /** Whose end is waited for. */
  readonly child?: number;
  /** Which processes had the object while it was waited for, in the order in which they had it. */
  readonly heldBy: readonly number[];
  readonly where?: string;
}

/** A wait that has not ended. */
export interface Wait extends OpenWait {
  readonly kind: 'wait' | 'sleep';
  readonly child?: number;
  readonly where?: string;
}

const ENDS_WAIT: ReadonlySet<EventKind> = new Set(['acquire', 'get', 'joined', 'wake', 'give-up']);

export class LaneStates {
  readonly #segments: Segment[] = [];
  /** A process whose tasks wait at the same time is in several; the last one is shown. */
  readonly waits: Wait[] = [];
  readonly #moves = new Set<number>();
  #since: number;
  #lastAt: number;
  #exitedAt: number | undefined;

  constructor(from: number) {
    this.#since = from;
    this.#lastAt = from;
  }

  get lastAt(): number {
    return this.#lastAt;
  }

  get exitedAt(): number | undefined {
    return this.#exitedAt;
  }

  happened(event: TraceEvent, holders: Holders): void {
    const { kind, at } = event;
    this.#lastAt = Math.max(this.#lastAt, at);
    if (this.#exitedAt !== undefined) return;
    // A process that sleeps does nothing else.
    if (this.waits.at(-1)?.kind === 'sleep') {
      this.#change(at, () => this.waits.pop());
      if (kind === 'wake' && event.object === undefined) return;
    }
    if (kind === 'wait' || kind === 'sleep') {
      const { object, child, where } = event;
      const heldBy = object === undefined ? [] : holders.holding(object);
      const wait: Wait = {
        kind,
        heldBy,
        ...(object !== undefined && { object }),
        ...(child !== undefined && { child }),
        ...(where !== undefined && { where }),
      };
      this.#change(at, () => this.waits.push(wait));
    } else if (ENDS_WAIT.has(kind)) {
      const ended = this.#waitEndedBy(event);
      if (ended >= 0) this.#change(at, () => this.waits.splice(ended, 1));
    } else if (kind === 'exit') {
      this.#change(at, () => this.waits.splice(0));
      this.#exitedAt = at;
    }
  }

  /** Notes, in a run by steps, that it was this process that moved. */
  moved(step: number): void {
    this.#moves.add(step);
  }

  /** What it does from `to` on, should that have begun just then: without a length it is no segment. */
  begunAt(to: number): Segment | undefined {
    return this.#since >= to ? segmentOf(this.waits.at(-1), { from: to, to }) : undefined;
  }

  until(to: number, clock: 'ms' | 'steps'): Segment[] {
    this.#close(to, this.waits.at(-1));
    const segments = this.#segments.filter((segment) => segment.to > segment.from);
    return clock === 'steps' ? segments.flatMap((segment) => this.#byStep(segment)) : segments;
  }

  #waitEndedBy({ object, child, kind }: TraceEvent): number {
    const isOf = (wait: Wait): boolean =>
      kind === 'joined' ? wait.child === child : object === undefined || wait.object === object;
    const exact = this.waits.findLastIndex(isOf);
    return exact >= 0 ? exact : this.waits.length - 1;
  }

  /** What is shown changes only with the last of the waits. */
  #change(at: number, change: () => unknown): void {
    const wait = this.waits.at(-1);
    change();
    if (this.waits.at(-1) !== wait) this.#close(at, wait);
  }

  #close(at: number, wait: Wait | undefined): void {
    const span = { from: this.#since, to: Math.max(this.#since, at) };
    this.#segments.push(segmentOf(wait, span));
    this.#since = span.to;
  }

  /** A process that does not wait, and is not the one that moves, is ready to move. */
  #byStep(segment: Segment): Segment[] {
    if (segment.state !== 'running') return [segment];
    const parts: Segment[] = [];
    for (let at = segment.from; at < segment.to; at++) {
      const state = this.#moves.has(at) ? 'running' : 'ready';
      const last = parts.at(-1);
      const part = { ...segment, state, from: at, to: Math.min(at + 1, segment.to) } as const;
      if (last?.state === state) parts[parts.length - 1] = { ...last, to: part.to };
      else parts.push(part);
    }
    return parts;
  }
}

function segmentOf(wait: Wait | undefined, span: { readonly from: number; readonly to: number }): Segment {
  if (wait === undefined) return { state: 'running', ...span, heldBy: [] };
  const { kind, ...what } = wait;
  return { state: kind === 'wait' ? 'waiting' : 'sleeping', ...span, ...what };
}
