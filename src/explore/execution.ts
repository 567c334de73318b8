// Runs the code of one process on a fresh copy of its program, and answers its operations: first with what is known to have happened,
// then with what would happen if it went on alone. Where nobody can say, it stops.
import { inspect } from 'node:util';
import type { Captured } from '../capture/captured';
import { restore } from '../capture/restore/restore';
import type { World } from '../capture/restore/world';
import { type Asked, type Behaviour, type Event, type Exit, Node, type Stop } from './behaviour';
import { EscapeError } from './escape';
import { enterModules, leaveModules, type ModuleMap } from './modules';
import { type LocalState, type Operation, type Plain, type Runner, setRunning, UNWIND } from './operations';

/** What happens next if the process goes on alone; undefined where it cannot, or is not to. */
export type Ahead = (node: Node) => Event | undefined;

const turn = setImmediate;
const realTimeout = setTimeout;
const LOOKS = 5;
const LOOK_MS = 20;
/** So many rounds of loops between two operations: then it is endless. The same number on every machine. */
const MOST_ROUNDS = 2_000_000;

export const statistics = { executions: 0, resumed: 0, operations: 0, replayed: 0, turns: 0 };

export class Execution implements Runner {
  readonly path: string;
  readonly local: LocalState;
  clock = 0;
  #node: Node;
  #asked: Asked[] = [];
  #cancelled: number[] = [];
  #count = 0;
  #history: readonly Event[] = [];
  #next = 0;
  #ahead: Ahead = () => undefined;
  #isDead = false;
  #isSettled = false;
  #returned: unknown;
  #failure: { error: unknown } | undefined;
  #rounds = 0;
  #isEndless = false;
  #mismatch: EscapeError | undefined;
  readonly #modules: ModuleMap = new Map();
  readonly #resolvers = new Map<number, (result: Plain) => void>();

  constructor({ path, name, daemon, parent, root }: Behaviour, seed: number) {
    this.path = path;
    this.#node = root;
    this.local = {
      made: 0,
      children: 0,
      random: hash(`${seed} ${path}`),
      daemon,
      name,
      pid: pidOf(path),
      parent,
      held: new Map(),
      exitcode: undefined,
    };
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

  /** From the beginning, along `history`. */
  async run(history: readonly Event[], ahead: Ahead, world: World, require: NodeJS.Require): Promise<void> {
    statistics.executions++;
    this.#history = history;
    this.#ahead = ahead;
    const program = this.#node.behaviour.program;
    // From a task of the event loop, as a real process begins: only so is nextTick() before promises.
    await inTurn(() => this.#begin(program, world, require));
    await this.#goOn();
  }

  #begin(program: Captured, world: World, require: NodeJS.Require): void {
    setRunning(this);
    enterModules(this.#modules);
    try {
      const { target, args } = restore(program, require, world) as { target: (...args: unknown[]) => unknown; args: unknown[] };
      const result = target(...args);
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

  /** One that has stopped where its code awaits. */
  async resume(event: Event, ahead: Ahead): Promise<void> {
    statistics.resumed++;
    this.#history = [];
    this.#next = 0;
    this.#ahead = ahead;
    setRunning(this);
    enterModules(this.#modules);
    this.#node = this.#node.child(event);
    await inTurn(() => this.#apply(event));
    await this.#goOn();
  }

  async #goOn(): Promise<void> {
    try {
      for (;;) {
        if (this.#mismatch !== undefined) throw this.#mismatch;
        const exit = this.#exit();
        if (exit?.isStranded && (await this.#movesByItself())) throw EscapeError.awaits(this.#node);
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
    return new Promise((resolve) => this.#resolvers.set(number, resolve));
  }

  /** Of a timer, before it has gone off. */
  cancel(number: number): void {
    if (this.#resolvers.delete(number)) this.#cancelled.push(number);
  }

  get lastAsked(): number {
    return this.#count - 1;
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
    if (this.#isDead) throw UNWIND;
    if (++this.#rounds <= MOST_ROUNDS) return;
    this.#isEndless = true;
    this.#isDead = true;
    throw UNWIND;
  }

  /** Nothing of ours can let it go on, but something does: a file, an import, the network. */
  async #movesByItself(): Promise<boolean> {
    for (let look = 0; look < LOOKS && this.#asked.length === 0 && !this.#isSettled && this.#failure === undefined; look++) {
      await new Promise((resolve) => realTimeout(resolve, LOOK_MS));
    }
    return this.#asked.length > 0 || this.#isSettled || this.#failure !== undefined;
  }

  #settle(value: unknown): void {
    this.#isSettled = true;
    this.#returned = value;
  }

  #ask(operation: Operation & { capture?: () => Asked['program'] }): number {
    if (this.#isDead) throw UNWIND;
    this.#rounds = 0;
    statistics.operations++;
    const number = this.#count++;
    // Where the code has been before, what a child would run is known.
    if (!this.isNew) statistics.replayed++;
    this.#asked.push({ number, operation, program: this.isNew ? operation.capture?.() : undefined });
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

  /** The code stands still: that is what it has done. Or it has been here before, and must have done the same. */
  #finish(stop: Stop, exit: Exit | undefined): void {
    const asked = this.#asked;
    const cancelled = this.#cancelled;
    this.#asked = [];
    this.#cancelled = [];
    if (this.#node.stop === undefined) {
      this.#node.finish(asked, cancelled, stop, exit);
      return;
    }
    const before = this.#node.asked.map(({ operation }) => operation.key);
    const now = asked.map(({ operation }) => operation.key);
    if (this.#node.stop === stop && before.join('\n') === now.join('\n')) return;
    this.#mismatch = new EscapeError(this.#node, before, now);
    this.#isDead = true;
    throw UNWIND;
  }

  #apply({ operation, outcome, result }: Event): void {
    if (outcome === 'queued') return;
    const resolve = this.#resolvers.get(operation);
    this.#resolvers.delete(operation);
    resolve?.(result);
  }

  #exit(): Exit | undefined {
    const { exitcode } = this.local;
    if (exitcode !== undefined) return { code: exitcode, error: undefined, returned: undefined, isStranded: false };
    if (this.#failure !== undefined && !this.#isDead) {
      return { code: 1, error: wordsOf(this.#failure.error), returned: undefined, isStranded: false };
    }
    if (this.#isDead || this.#resolvers.size > 0) return undefined;
    if (this.#isSettled) return { code: 0, error: undefined, returned: plain(this.#returned), isStranded: false };
    return { code: 13, error: undefined, returned: undefined, isStranded: true };
  }
}

/** Does it in a turn of the event loop of its own, and resolves when all has run that follows from it at once. */
function inTurn(act: () => void): Promise<void> {
  statistics.turns++;
  return new Promise((resolve) => {
    turn(() => {
      turn(() => resolve());
      act();
    });
  });
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return inspect(error);
  const line = String(error.stack).split('\n').find((each) => /^\s*at .*(Cell|\.ts|\.js|\.cjs)/.test(each) && !each.includes('/explore/'));
  return `${error.name}: ${error.message}${line ? ` (${line.trim()})` : ''}`;
}

function plain(value: unknown): Plain {
  if (value === undefined || value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  try {
    return JSON.parse(JSON.stringify(value)) as Plain;
  } catch {
    return inspect(value);
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

export function pidOf(path: string): number {
  return path === '' ? 1000 : 1000 + (hash(path) % 8999) + 1;
}

export function hash(text: string): number {
  let value = 2166136261;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 16777619);
  return value >>> 0;
}
