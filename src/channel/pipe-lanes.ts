// What the two ends of a pipe share: a lane of messages each way, and the ends themselves, so that each can
// see whether a process still has the other.

import { LINE } from '../memory/layout';
import { programMemory } from '../memory/memory';
import { registerHandle } from '../objects/handle';
import { referNoMore, referWhile } from '../objects/holders';
import {
  createObject,
  isInUse,
  nameOfObject,
  objectKinds,
  pin,
  unpin,
  whenObjectEnds,
} from '../objects/references';
import { Existing, type NameOption, SharedObject } from '../objects/shared-object';
import { Traced } from '../trace/traced';
import { WAIT_OBJECT_BYTES, WaitObject } from '../waiting/wait-object';
import { discardMessage, openMessage, readMessage } from './message';
import { SEGMENTS_BYTES, Segments } from './segments';

export type Side = 0 | 1;

const END_BYTES = LINE;
// Two words of the object, behind those that say where its ends lie.
const TRACED = 2;
const LANE = LINE;
const ITEMS = SEGMENTS_BYTES;
const ROOM = ITEMS + WAIT_OBJECT_BYTES;
const LANE_BYTES = ROOM + WAIT_OBJECT_BYTES;

export interface Lane {
  readonly segments: Segments;
  readonly items: WaitObject;
  readonly room: WaitObject;
}

/** A reference to this object means: this end of the pipe is open. */
export class PipeEnd extends SharedObject {
  constructor(existing: Existing) {
    super('pipe-end', { sizeBytes: END_BYTES }, existing);
  }

  letGo(): void {
    referNoMore(this.offset);
  }

  takeAgain(): void {
    referWhile(this, this.offset);
  }
}

export class PipeLanes extends SharedObject {
  readonly lanes: readonly [Lane, Lane];

  constructor(options: NameOption | Existing = {}) {
    super(
      'pipe',
      { sizeBytes: LANE + 2 * LANE_BYTES, objectKind: objectKinds.lanes, className: 'Pipe' },
      options,
    );
    this.lanes = [this.#lane(0), this.#lane(1)];
    if (options instanceof Existing) return;
    for (const side of [0, 1] as const) {
      this.lanes[side].segments.initialize();
      const end = createObject(END_BYTES);
      pin(end);
      this.memory.i32[this.offset / 4 + side] = end;
    }
  }

  get place(): number {
    return this.offset;
  }

  /** Returns where the end of that side lies. */
  endOf(side: Side): number {
    return this.memory.i32[this.offset / 4 + side] as number;
  }

  /** Whether a living process, other than `except`, has the end of that side. */
  isOpen(side: Side, except: number | undefined): boolean {
    return isInUse(this.endOf(side), { pins: 1, except });
  }

  #lane(side: Side): Lane {
    const { memory, offset } = this;
    const at = offset + LANE + side * LANE_BYTES;
    // Two things for a trace: the messages of each are counted by themselves.
    const way = side === 0 ? 'first end to second' : 'second end to first';
    const traced = new Traced(
      offset / 4 + TRACED + side,
      'Pipe',
      () => `${nameOfObject(offset, 'Pipe')}, ${way}`,
    );
    return {
      segments: new Segments(memory, at, discardMessage, traced),
      items: new WaitObject(memory, at + ITEMS, traced),
      room: new WaitObject(memory, at + ROOM, traced),
    };
  }
}

/** What is on its way in both directions, without taking it out. */
export function itemsOf({ lanes }: PipeLanes): [unknown[], unknown[]] {
  return [peek(lanes[0]), peek(lanes[1])];
}

function peek({ segments }: Lane): unknown[] {
  return segments.peek(readMessage).map(openMessage);
}

registerHandle('pipe', (handle) => new PipeLanes(new Existing(handle)));
registerHandle('pipe-end', (handle) => new PipeEnd(new Existing(handle)));

whenObjectEnds(objectKinds.lanes, (offset) => {
  const memory = programMemory();
  for (const side of [0, 1]) {
    new Segments(memory, offset + LANE + side * LANE_BYTES, discardMessage).dispose();
    const end = memory.i32[offset / 4 + side] as number;
    if (end !== 0) unpin(end);
  }
});
