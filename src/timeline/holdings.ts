// Which process holds which lock, from when to when. Pure: it is told the events in their order.

import type { TraceEvent } from '../trace/record';

export interface Holding {
  readonly object: number;
  readonly from: number;
  readonly to: number;
  /** 0, or more where a process holds several at the same time. */
  readonly row: number;
  /** It was not given back. */
  readonly isHeld?: true;
  /** Where it was taken. */
  readonly where?: string;
}

/** A wait that has not ended, and who had the object while it was waited for. */
export interface OpenWait {
  readonly object?: number;
  readonly heldBy: number[];
}

interface Held {
  count: number;
  readonly from: number;
  readonly where: string | undefined;
}

export class Holders {
  readonly #now = new Map<number, Map<number, Held>>();
  readonly #over = new Map<number, Omit<Holding, 'row'>[]>();
  readonly #knownFrom: ReadonlyMap<number, number> | undefined;

  /**
   * `knownFrom`: when each process did the first thing that is remembered, where older things may have been
   * forgotten.
   */
  constructor(knownFrom: ReadonlyMap<number, number> | undefined) {
    this.#knownFrom = knownFrom;
  }

  /** Returns the processes that hold the object at this moment. */
  holding(object: number): number[] {
    return [...(this.#now.get(object)?.keys() ?? [])];
  }

  happened(
    { kind, process, object, at, where }: TraceEvent,
    lanes: Iterable<{ readonly waits: readonly OpenWait[] }>,
  ): void {
    if (kind === 'exit') this.#exited(process, at);
    if (object === undefined) return;
    if (kind === 'acquire') {
      const held = this.#held(object);
      const before = held.get(process);
      if (before !== undefined) before.count++;
      else held.set(process, { count: 1, from: at, where });
      for (const { waits } of lanes) for (const wait of waits) addHolder(wait, object, process);
    } else if (kind === 'release') this.#released(object, process, at);
  }

  /** All that a process held, also what it holds still. */
  of(process: number, to: number): Holding[] {
    const all = [...(this.#over.get(process) ?? [])];
    for (const [object, held] of this.#now) {
      const still = held.get(process);
      if (still !== undefined) all.push({ ...spanOf(object, still, to), isHeld: true });
    }
    all.sort((one, other) => one.from - other.from);
    const rowEnds: number[] = [];
    return all.map((holding) => {
      const free = rowEnds.findIndex((end) => end <= holding.from);
      const row = free < 0 ? rowEnds.length : free;
      rowEnds[row] = holding.to;
      return { ...holding, row };
    });
  }

  #held(object: number): Map<number, Held> {
    let held = this.#now.get(object);
    if (held === undefined) {
      held = new Map();
      this.#now.set(object, held);
    }
    return held;
  }

  #released(object: number, process: number, at: number): void {
    const held = this.#held(object);
    // A semaphore may be released by another one than took it.
    const owner = held.has(process) ? process : held.keys().next().value;
    if (owner === undefined) {
      const from = this.#knownFrom?.get(process);
      // It was taken before anything that is remembered.
      if (from !== undefined) this.#end(object, process, { count: 1, from, where: undefined }, at);
      return;
    }
    const hold = held.get(owner) as Held;
    hold.count--;
    if (hold.count > 0) return;
    held.delete(owner);
    this.#end(object, owner, hold, at);
  }

  #exited(process: number, at: number): void {
    for (const [object, held] of this.#now) {
      const hold = held.get(process);
      if (hold === undefined) continue;
      held.delete(process);
      this.#end(object, process, hold, at);
    }
  }

  #end(object: number, process: number, hold: Held, at: number): void {
    const over = this.#over.get(process) ?? [];
    over.push(spanOf(object, hold, at));
    this.#over.set(process, over);
  }
}

function spanOf(object: number, { from, where }: Held, to: number): Omit<Holding, 'row'> {
  return { object, from, to: Math.max(from, to), ...(where !== undefined && { where }) };
}

function addHolder(wait: OpenWait, object: number, holder: number): void {
  if (wait.object === object && !wait.heldBy.includes(holder)) wait.heldBy.push(holder);
}
