// What functions come to when they are captured. Calls that captured the same have one program in common: it
// is kept once, and sent to each worker once. Each call still gets a copy of its own of it.
import { isDeepStrictEqual } from 'node:util';
import type { Objects } from '../capture/capture';
import type { Captured } from '../capture/captured';
import { encodeCaptured, isAllCopied } from '../capture/encode';
import { leavesNothing } from '../capture/leaves-nothing';
import { Remembered } from '../capture/remembered';
import { holdHandles, letGo } from '../objects/holds';

/** How many programs are compared with each new one. */
const MOST_RECENT = 4;
/** A program that is larger waits for no other call. */
const MOST_WAITING_BYTES = 2 ** 24;
/** A program that is smaller is made anew as fast. */
const LEAST_KEPT_BYTES = 2 ** 14;

let lastId = 0;

export class Program {
  readonly id = ++lastId;
  readonly bytes: Uint8Array;
  /** Whether what a worker has made of its data is as good as new for the next call, if it is unchanged. */
  readonly isKept: boolean;
  /** Whether it may wait for the next call while no call uses it, and keeps nothing else waiting. */
  readonly mayWait: boolean;
  /** What all calls have shown of its speed. */
  readonly ran = new Speed();
  users = 0;
  /** What was captured, if it cannot change any more. */
  readonly captured: Captured | undefined;
  /** The function that last came to it. */
  target: WeakRef<object> | undefined;
  #remembered: Remembered | 'nothing' | undefined;
  #held: number;

  /** What it refers to in shared memory is kept until release(). */
  constructor(captured: Captured, bytes = encodeCaptured(captured)) {
    const handles = captured.nodes.flatMap((node) => (node.type === 'handle' ? [node.handle] : []));
    this.bytes = bytes;
    this.mayWait = handles.length === 0 && bytes.length <= MOST_WAITING_BYTES;
    this.isKept = bytes.length >= LEAST_KEPT_BYTES && leavesNothing(captured);
    if (isAllCopied(captured)) this.captured = captured;
    this.#held = holdHandles(handles);
  }

  isSame(captured: Captured, bytes: Uint8Array | undefined): boolean {
    if (bytes !== undefined) return Buffer.compare(bytes, this.bytes) === 0;
    return this.captured !== undefined && areSame(this.captured, captured);
  }

  /** Called the second time that something came to it. */
  remember(target: object, captured: Captured, objects: Objects): void {
    this.#remembered ??= Remembered.of(target, captured, objects, this.bytes.length) ?? 'nothing';
  }

  /** Whether the function comes to it still, as far as that is to be seen without a capture. */
  isStill(target: object): boolean {
    if (this.#remembered === undefined || this.#remembered === 'nothing') return false;
    const isStill = this.#remembered.isStill(target);
    if (!isStill) this.#remembered = undefined;
    return isStill;
  }

  release(): void {
    letGo(this.#held);
    this.#held = 0;
  }
}

/** A part that has not changed between two captures is one node of both. */
function areSame(one: Captured, other: Captured): boolean {
  return (
    one.nodes.length === other.nodes.length &&
    one.nodes.every((node, ref) => node === other.nodes[ref] || isDeepStrictEqual(node, other.nodes[ref])) &&
    isDeepStrictEqual({ ...one, nodes: [] }, { ...other, nodes: [] })
  );
}

/** The newest time counts most: code gets faster as it runs. */
class Speed {
  items = 0;
  ms = 0;
  add(items: number, ms: number): void {
    this.items = this.items / 4 + items;
    this.ms = this.ms / 4 + ms;
  }
}

/** The programs of one pool. */
export class Programs {
  /** The newest last. */
  readonly #recent: Program[] = [];
  readonly #forget: (program: Program) => void;

  /** `forget` is called with each program that no call will use again. */
  constructor(forget: (program: Program) => void) {
    this.#forget = forget;
  }

  /** Returns what a capture of this function will likely come to again. */
  before(target: object): Captured | undefined {
    return this.#likely(target)?.captured;
  }

  /**
   * Returns what the function comes to, if that is known without a capture. It is to be given back by drop().
   */
  again(target: object): Program | undefined {
    const program = this.#likely(target);
    return program?.isStill(target) ? this.#use(program, target) : undefined;
  }

  /** To be given back by drop(). */
  take(captured: Captured, target?: object, list?: () => Objects): Program {
    // Memory that was not copied may have changed since.
    const bytes = isAllCopied(captured) ? undefined : encodeCaptured(captured);
    const known = this.#recent.find((program) => program.isSame(captured, bytes));
    if (known !== undefined && target && list) known.remember(target, captured, list());
    return this.#use(known ?? new Program(captured, bytes), target);
  }

  #likely(target: object): Program | undefined {
    return this.#recent.findLast((program) => program.target?.deref() === target) ?? this.#recent.at(-1);
  }

  #use(program: Program, target: object | undefined): Program {
    program.users++;
    program.target = target && new WeakRef(target);
    const place = this.#recent.indexOf(program);
    if (place >= 0) this.#recent.splice(place, 1);
    this.#recent.push(program);
    if (this.#recent.length > MOST_RECENT) this.#forgetIfUnused(this.#recent.shift() as Program);
    return program;
  }

  drop(program: Program): void {
    program.users--;
    const place = this.#recent.indexOf(program);
    if (place >= 0 && program.mayWait) return;
    if (place >= 0 && program.users === 0) this.#recent.splice(place, 1);
    this.#forgetIfUnused(program);
  }

  #forgetIfUnused(program: Program): void {
    if (program.users > 0) return;
    this.#forget(program);
    program.release();
  }
}
