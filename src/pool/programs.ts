// What functions come to when they are captured. Calls that captured the same have one program in common: it
// is kept once, and sent to each worker once. Each call still gets a copy of its own of it.
import { isDeepStrictEqual } from 'node:util';
import type { Captured } from '../capture/captured';
import { encodeCaptured, isAllCopied } from '../capture/encode';
import { holdHandles, letGo } from '../objects/holds';

/** How many are compared with each new one. */
const MOST_RECENT = 4;
/** What is larger costs the workers more memory than it saves time. */
const MOST_BYTES = 2 ** 24;

let lastId = 0;

export class Program {
  readonly id = ++lastId;
  readonly bytes: Uint8Array;
  /** Whether other calls may have it, too; a worker keeps it for them. */
  readonly isShared: boolean;
  /** Whether it may wait for the next call while nobody uses it, and keeps nothing else waiting. */
  readonly mayWait: boolean;
  /** What is known of its speed, from all calls. */
  readonly ran = new Speed();
  users = 0;
  /** If it cannot change any more. */
  readonly captured: Captured | undefined;
  /** The function that last came to it. */
  target: WeakRef<object> | undefined;
  #held: number;

  /** What it refers to in shared memory is kept until release(). */
  constructor(captured: Captured, bytes = encodeCaptured(captured)) {
    const handles = captured.nodes.flatMap((node) => (node.type === 'handle' ? [node.handle] : []));
    this.bytes = bytes;
    this.isShared = bytes.length <= MOST_BYTES;
    this.mayWait = handles.length === 0;
    if (this.isShared && isAllCopied(captured)) this.captured = captured;
    this.#held = holdHandles(handles);
  }

  isSame(captured: Captured, bytes: Uint8Array | undefined): boolean {
    if (bytes !== undefined) return Buffer.compare(bytes, this.bytes) === 0;
    return this.captured !== undefined && areSame(this.captured, captured);
  }

  release(): void {
    letGo(this.#held);
    this.#held = 0;
  }
}

/** What has not changed between two captures is one node of both. */
function areSame(one: Captured, other: Captured): boolean {
  return (
    one.nodes.length === other.nodes.length &&
    one.nodes.every((node, ref) => node === other.nodes[ref] || isDeepStrictEqual(node, other.nodes[ref])) &&
    isDeepStrictEqual({ ...one, nodes: [] }, { ...other, nodes: [] })
  );
}

/** The newest counts most: code gets faster as it runs. */
class Speed {
  items = 0;
  ms = 0;
  add(items: number, ms: number): void {
    this.items = this.items / 4 + items;
    this.ms = this.ms / 4 + ms;
  }
}

/** Those of one pool. */
export class Programs {
  /** The newest last. */
  readonly #recent: Program[] = [];
  readonly #forget: (program: Program) => void;

  /** `forget` is called with each that nobody will use again. */
  constructor(forget: (program: Program) => void) {
    this.#forget = forget;
  }

  /** What a capture of this function will likely come to again. */
  before(target: object): Captured | undefined {
    const last = this.#recent.findLast((program) => program.target?.deref() === target);
    return (last ?? this.#recent.at(-1))?.captured;
  }

  /** To be given back by drop(). */
  take(captured: Captured, target?: object): Program {
    // Memory that was not copied may have changed since.
    const bytes = isAllCopied(captured) ? undefined : encodeCaptured(captured);
    const place = this.#recent.findIndex((program) => program.isSame(captured, bytes));
    const program = place < 0 ? new Program(captured, bytes) : (this.#recent[place] as Program);
    program.users++;
    program.target = target && new WeakRef(target);
    if (place >= 0) this.#recent.splice(place, 1);
    if (program.isShared) this.#recent.push(program);
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
