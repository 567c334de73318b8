// A walk through one order of a program, step by step: whoever has it decides who goes next.
import { ExplorationError, InvalidArgumentError } from '../errors';
import { counted } from '../system/counted';
import { showAs } from '../system/show-as';
import type { Trace } from '../trace/record';
import type { Subject } from './explorer/messages';
import type { ExploreOptions } from './options';
import type { Move, Position } from './position';
import { readCode } from './search/codes';
import { shortened } from './shortened';
import { whenAsked } from './when-asked';

/**
 * Lets you choose, step by step, which process of a program goes next: `position` says what could happen
 * next, take() lets one of that happen, undo() takes it back. Made by openWalk().
 *
 * @example
 * const walk = await openWalk(() => console.log('ready'));
 * console.log(walk.position.moves.length, walk.position.printed); // → 0 [ 'ready\n' ]
 */
export class Walk {
  readonly #subject: Subject;
  readonly #signal: AbortSignal | undefined;
  #tokens: readonly string[] = [];
  #position: Position;
  #trace: Trace;
  #queue: Promise<unknown> = Promise.resolve();

  /**
   * openWalk() makes it.
   *
   * @internal
   */
  constructor(subject: Subject, signal: AbortSignal | undefined, begun: Looked) {
    this.#subject = subject;
    this.#signal = signal;
    this.#position = begun.position;
    this.#trace = begun.trace;
  }

  /**
   * Where the order stands. Steps that no other process could notice, such as the start of a process, have
   * been taken.
   */
  get position(): Position {
    return this.#position;
  }

  /** What has happened so far, on a clock of steps. */
  get trace(): Trace {
    return this.#trace;
  }

  /**
   * Lets one of `position.moves` happen, named by its token or itself. While another step is under way it is
   * taken behind that.
   *
   * @throws InvalidArgumentError for what cannot happen now; ExplorationError when the order is over; and as
   * explore().
   */
  take(move: Move | string): Promise<Position> {
    return this.#inTurn(() => this.#take(move));
  }

  /** Takes the last step back; nothing at the beginning. */
  undo(): Promise<Position> {
    return this.#inTurn(async () =>
      this.#tokens.length === 0 ? this.#position : await this.#go(this.#tokens.slice(0, -1)),
    );
  }

  #inTurn(act: () => Promise<Position>): Promise<Position> {
    const done = this.#queue.then(act);
    this.#queue = done.catch(() => {});
    return done;
  }

  async #take(move: Move | string): Promise<Position> {
    const token: unknown = typeof move === 'string' ? move : move?.token;
    const { moves } = this.#position;
    if (moves.length === 0) {
      throw new ExplorationError('The order is over, and nobody can move: take a step back with undo().');
    }
    const chosen = moves.find((each) => each.token === token);
    if (chosen === undefined) {
      const possible = moves.map((each) => each.token).join(' or ');
      const got = token === undefined ? move : token;
      throw new InvalidArgumentError('move', possible, typeof got === 'string' ? shortened(got) : got);
    }
    return await this.#go([...this.#tokens, chosen.token]);
  }

  async #go(tokens: readonly string[]): Promise<Position> {
    const { position, trace } = await lookAt(this.#subject, tokens, this.#signal);
    // Where a process looks at ends for the first time, the ends before become steps of their own.
    this.#tokens = readCode(position.code).tokens;
    this.#position = position;
    this.#trace = trace;
    return position;
  }

  static {
    showAs(Walk.prototype, (walk: Walk) => {
      const { moves } = walk.#position;
      const possible = counted(moves.length, 'possible move');
      return `<Walk after ${shortened(walk.#tokens.join(' ')) || 'nothing'}, ${possible}>`;
    });
  }
}

interface Looked {
  readonly position: Position;
  readonly trace: Trace;
}

/**
 * Opens a walk through a program, at its beginning: you choose which process goes next.
 *
 * @throws As explore().
 * @example
 * const program = () => {
 *   for (const name of ['Ada', 'Bob']) new Process({ name, target: () => console.log(name) }).start();
 * };
 * const walk = await openWalk(program);
 * console.log(walk.position.moves.map(({ process }) => process)); // → [ 'Ada', 'Bob' ]
 * await walk.take('B');
 * console.log(walk.position.printed); // → [ 'Bob\n' ]
 * @example
 * const counter = new RawValue('int32', 0);
 * const increment = () => { counter.value = counter.value + 1; };
 * const walk = await openWalk(async () => {
 *   const both = [1, 2].map(() => new Process({ target: increment }));
 *   for (const process of both) process.start();
 *   for (const process of both) await process.join();
 *   return counter.value;
 * }, { expect: 2 });
 * console.log(walk.position.moves.map(({ token, what }) => `${token} ${what}`));
 * // → [ 'A reads counter: 0', 'B reads counter: 0' ]
 * for (const token of ['A', 'B', 'A', 'B']) await walk.take(token);
 * console.log(walk.position.isOver?.why); // → it returned 1 and not 2
 * console.log((await walk.undo()).code); // → A B A
 */
export async function openWalk<R>(program: () => R, options: ExploreOptions<R> = {}): Promise<Walk> {
  const subject = whenAsked().subjectOf(program, options);
  return new Walk(subject, options.signal, await lookAt(subject, [], options.signal));
}

async function lookAt(
  subject: Subject,
  tokens: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Looked> {
  const { ask, errorOf } = whenAsked();
  const answer = await ask({ type: 'look', subject, tokens }, signal);
  if (answer.type === 'failed') throw errorOf(answer.failure);
  if (answer.type !== 'looked') throw new TypeError(`A look was asked for, and ${answer.type} came.`);
  return answer;
}
