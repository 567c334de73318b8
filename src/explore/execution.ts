// Runs the code of one process on a fresh copy of its program, and answers its operations: first with what is
// known to have happened, then with what would happen if it went on alone. Where that cannot be said, it
// stops.
import { types } from 'node:util';
import type { Captured } from '../capture/captured';
import { restore } from '../capture/restore/restore';
import { setTimeout } from '../system/timers';
import type { Asked, Behaviour, Event, Exit, Node, Stop } from './behaviour';
import { awaitsOutside, didOtherwise, type EscapeError } from './escape';
import { hash } from './hash';
import { inTurn } from './in-turn';
import { enterModules, leaveModules, type ModuleMap } from './modules';
import {
  type LocalState,
  MOST_ROUNDS,
  newLocal,
  noteExitCode,
  type Operation,
  type Plain,
  type Runner,
  setRunning,
  UNWIND,
} from './operations';
import { MAIN, pidOf } from './paths';
import { Pending } from './pending';
import { capturedFor, generatorRefused } from './refused';
import { writeResult } from './results/write';
import type { Surroundings } from './surroundings';
import { isOfExplore, wordsOf } from './telling';
import type { Things } from './things';

/** What happens next if the process goes on alone; undefined where it cannot, or is not to. */
export type Ahead = (node: Node) => Event | undefined;

/** Whether code moves that waits for nothing of ours is looked at so often, so many milliseconds apart. */
const LOOKS = 5;
const LOOK_MS = 20;

export class Execution implements Runner {
  readonly path: string;
  readonly local: LocalState;
  readonly things: Things;
  clock = 0;
  readonly #surroundings: Surroundings;
  #node: Node;
  #asked: Asked[] = [];
  #cancelled: number[] = [];
  #count = 0;
  #history: readonly Event[] = [];
  #next = 0;
  #ahead: Ahead = () => undefined;
  #isDead = false;
  #isSettled = false;
  #returned: string | undefined;
  #failure: { error: unknown } | undefined;
  #rounds = 0;
  #isEndless = false;
  #mismatch: EscapeError | undefined;
  readonly #modules: ModuleMap = new Map();
  readonly #pending = new Pending();

  constructor({ path, name, daemon, parent, root }: Behaviour, surroundings: Surroundings) {
    this.path = path;
    this.things = surroundings.things;
    this.#surroundings = surroundings;
    this.#node = root;
    const isGarbled = surroundings.garbled === (path === MAIN ? 'main' : 'children');
    const random = hash(`${surroundings.seed} ${path}`);
    this.local = newLocal({ name, daemon, parent, pid: pidOf(path), isGarbled, random });
  }

  get node(): Node {
    return this.#node;
  }

  get isNew(): boolean {
    return this.#node.stop === undefined;
  }

  get canGoOn(): boolean {
    return !this.#isDead && this.#node.stop === 'quiet';
  }

  get lastAsked(): number {
    return this.#count - 1;
  }

  /** From the beginning, along `history`. */
  async run(history: readonly Event[], ahead: Ahead): Promise<void> {
    this.#surroundings.statistics.executions++;
    this.#history = history;
    this.#ahead = ahead;
    const program = this.#node.behaviour.program;
    // From a task of the event loop, as a real process begins: only so is nextTick() before promises.
    await inTurn(() => this.#begin(program));
    await this.#goOn();
  }

  /** Resumes a run that has stopped where its code awaits. */
  async resume(event: Event, ahead: Ahead): Promise<void> {
    this.#surroundings.statistics.resumed++;
    this.#history = [];
    this.#next = 0;
    this.#ahead = ahead;
    setRunning(this);
    enterModules(this.#modules);
    this.#node = this.#node.child(event);
    await inTurn(() => this.#apply(event));
    await this.#goOn();
  }

  // What the code of the program calls, by way of the faces.

  perform(operation: Operation): Plain {
    const number = this.#ask(operation);
    for (;;) {
      const event = this.#advance('sync');
      if (event === undefined) {
        this.#isDead = true;
        throw UNWIND;
      }
      if (event.operation === number) return event.result;
      this.#apply(event);
    }
  }

  request(operation: Operation): Promise<Plain> {
    const number = this.#ask(operation);
    return new Promise((resolve) => this.#pending.add(number, resolve));
  }

  cancel(number: number): boolean {
    const isPending = this.#pending.take(number) !== undefined;
    if (isPending) this.#cancelled.push(number);
    return isPending;
  }

  keepGoing(number: number, isKept: boolean): void {
    this.#pending.keepGoing(number, isKept);
  }

  fail(error: unknown): void {
    if (error === UNWIND || this.#isDead || this.#failure !== undefined) return;
    this.#failure = { error };
  }

  exitNow(code: number): never {
    if (!this.#isDead) {
      this.local.exitcode = code;
      this.#isDead = true;
    }
    throw UNWIND;
  }

  round(): void {
    if (this.isOver()) throw UNWIND;
  }

  isOver(weight = 1): boolean {
    if (this.#isDead) return true;
    this.#rounds += weight;
    if (this.#rounds <= MOST_ROUNDS) return false;
    this.#isEndless = true;
    this.#isDead = true;
    return true;
  }

  #begin(program: Captured): void {
    const { require, world } = this.#surroundings;
    setRunning(this);
    enterModules(this.#modules);
    try {
      const { target, args } = restore(program, require, world) as Task;
      const result = target(...args);
      if (this.path === MAIN && types.isGeneratorObject(result)) throw generatorRefused();
      if (isThenable(result)) {
        result.then(
          (value) => this.#settle(value),
          (error) => this.fail(error),
        );
      } else this.#settle(result);
    } catch (error) {
      this.fail(error);
    }
  }

  async #goOn(): Promise<void> {
    try {
      for (;;) {
        if (this.#mismatch !== undefined) throw this.#mismatch;
        const exit = this.#exit();
        if (exit?.isStranded && (await this.#movesByItself())) throw awaitsOutside(this.#node);
        if (this.#isEndless || exit !== undefined) {
          this.#isDead = true;
          this.#finish(this.#isEndless ? 'endless' : 'exit', exit);
          return;
        }
        if (this.#isDead) return;
        const event = this.#advance('quiet');
        if (event === undefined) return;
        await inTurn(() => this.#apply(event));
      }
    } catch (error) {
      throw error === UNWIND && this.#mismatch !== undefined ? this.#mismatch : error;
    } finally {
      leaveModules();
      setRunning(undefined);
    }
  }

  /** Nothing of ours can let it go on, but something does: a file, an import, the network. */
  async #movesByItself(): Promise<boolean> {
    const asked = this.#asked.length;
    const moves = () => this.#asked.length > asked || this.#isSettled || this.#failure !== undefined;
    for (let look = 0; look < LOOKS && !moves(); look++) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    return moves();
  }

  #settle(value: unknown): void {
    // What the other processes return is not told.
    if (this.path === MAIN && value !== undefined) this.#returned = writeResult(value);
    this.#isSettled = true;
  }

  #ask(operation: Operation): number {
    if (this.#isDead) throw UNWIND;
    this.#rounds = 0;
    const number = this.#count++;
    // Where the code has been before, what a child would run is known.
    this.#asked.push({ number, operation, ...(this.isNew && capturedFor(operation)) });
    return number;
  }

  #advance(stop: Stop): Event | undefined {
    this.#finish(stop, undefined);
    const event = this.#history[this.#next] ?? this.#ahead(this.#node);
    if (event === undefined) return undefined;
    this.#next++;
    this.#node = this.#node.child(event);
    return event;
  }

  /**
   * The code stands still: that is what it has done. Or it has been here before, and must have done the same.
   */
  #finish(stop: Stop, exit: Exit | undefined): void {
    const asked = this.#asked;
    const cancelled = this.#cancelled;
    this.#asked = [];
    this.#cancelled = [];
    if (this.#node.stop === undefined) {
      this.#node.finish(asked, cancelled, stop, exit);
      return;
    }
    const { asked: before, exit: former } = this.#node;
    const isSame = before.length === asked.length && before.every((each, at) => isSameIn(each, asked[at]));
    const isSameEnd = former === exit || JSON.stringify(former) === JSON.stringify(exit);
    if (this.#node.stop === stop && isSame && isSameEnd) return;
    this.#mismatch = didOtherwise(this.#node, { asked, stop, exit }, this.things);
    this.#isDead = true;
    throw UNWIND;
  }

  #apply({ operation, outcome, result }: Event): void {
    if (outcome !== 'queued') this.#pending.take(operation)?.(result);
  }

  #exit(): Exit | undefined {
    noteExitCode(this);
    const { exitcode, exitCodeWish, signal } = this.local;
    // It has eight bits: 256 is 0, -1 is 255. A signal is told by its number below 0.
    const code = signal === undefined ? (exitcode ?? exitCodeWish ?? 0) & 0xff : -signal;
    const end = { code, error: undefined, returned: undefined, isStranded: false, isAtOnce: false };
    if (exitcode !== undefined) return { ...end, isAtOnce: true };
    if (this.#failure !== undefined && !this.#isDead) {
      const { error } = this.#failure;
      if (isOfExplore(error)) throw error;
      return { ...end, code: 1, error: wordsOf(error), isAtOnce: true };
    }
    if (this.#isDead || this.#pending.keepsGoing) return undefined;
    if (this.#isSettled) return { ...end, returned: this.#returned };
    // As Node ends where a top-level await can never go on.
    return { ...end, code: 13, error: 'it awaits something that never comes', isStranded: true };
  }
}

const isSameIn = (one: Asked, other: Asked | undefined) => one.operation.key === other?.operation.key;

interface Task {
  readonly target: (...args: unknown[]) => unknown;
  readonly args: readonly unknown[];
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
