// What explore() has found, and how it reads.
import { inspect } from 'node:util';
import { InvalidArgumentError } from '../errors';
import type { Trace } from '../trace/record';
import type { Cost, Findings, Subject } from './explorer/messages';
import type { LateWrites, Outcome, OutcomeCount, Replay, Rung } from './outcome';
import { withLooks } from './replay-looks';
import { readResult } from './results/read';
import { shortened } from './shortened';
import { whenAsked } from './when-asked';

/** Deno's convention: an object that has this method says itself how a notebook shows it. */
const display = Symbol.for('Jupyter.display');

/**
 * What explore() found: how many orders there are, what they come to, and the smallest order that goes wrong.
 *
 * @example
 * const program = () => {
 *   for (const name of ['Ada', 'Bob']) new Process({ name, target: () => console.log(name) }).start();
 * };
 * const found = await explore(program);
 * console.log(found.orders, found.isComplete); // → 2n true
 * console.log(found.outcomes.map(({ code }) => code)); // → [ 'A B', 'B A' ]
 */
export class Exploration<R = unknown> {
  /** How many orders were walked: where isComplete, exactly all there are. */
  readonly orders: bigint;
  /** Whether every order was walked. */
  readonly isComplete: boolean;
  /** What the orders come to, the most frequent first. */
  readonly outcomes: readonly OutcomeCount<R>[];
  /**
   * The outcome with the smallest order that is not right. Where every order is right, the smallest that is
   * not with writes that come out late: its code begins with 'late'. undefined if all are right.
   */
  readonly failing: OutcomeCount<R> | undefined;
  /**
   * The steps of the ladder that were tried, from every order down to some by chance; the last one was
   * walked.
   */
  readonly rungs: readonly Rung[];
  /** What real processors add. */
  readonly lateWrites: LateWrites<R>;
  /**
   * Whether orders were left out in which a process looks once more and sees the same: they come to the same.
   */
  readonly hasDeferred: boolean;
  /**
   * Whether orders were left out in which a process gets a DeadlockError for the third time, and goes on.
   * Then isComplete is false: what they come to is not known.
   */
  readonly hasLeftOut: boolean;
  /** How many children could move at the same moment, at most. */
  readonly mostAtOnce: number;
  /** How many milliseconds the program takes if there are cores enough and only sleeping takes time. */
  readonly idealMs: number;
  /** That walk, on the clock of the program. */
  readonly timed: Trace;
  /** What the program uses that has an order of its own: files, the network, other programs. */
  readonly escapes: readonly string[];
  /** What the exploration took. */
  readonly cost: Cost;
  readonly #subject: Subject;
  readonly #signal: AbortSignal | undefined;

  /**
   * explore() makes it.
   *
   * @internal
   */
  constructor(findings: Findings, subject: Subject, signal: AbortSignal | undefined) {
    this.orders = findings.orders;
    this.isComplete = findings.isComplete;
    this.outcomes = findings.outcomes.map((count) => opened<R>(count));
    this.rungs = findings.rungs;
    const { state, outcomes: late } = findings.lateWrites;
    this.lateWrites = { state, outcomes: late.map((count) => opened<R>(count)) };
    // It is one of the others: the same object.
    const all = [...this.outcomes, ...this.lateWrites.outcomes];
    this.failing = all.find(({ isRight, code }) => !isRight && code === findings.failing?.code);
    this.hasDeferred = findings.hasDeferred;
    this.hasLeftOut = findings.hasLeftOut;
    this.mostAtOnce = findings.mostAtOnce;
    this.idealMs = findings.idealMs;
    this.timed = findings.timed;
    this.escapes = findings.escapes;
    this.cost = findings.cost;
    this.#subject = subject;
    this.#signal = signal;
  }

  /**
   * Runs one order again, as it was at explore(), and tells every step of it.
   *
   * @throws As explore(), and InvalidArgumentError for a code that is no order of this program.
   */
  async replay(code: string): Promise<Replay<R>> {
    return await replaySubject<R>(this.#subject, code, this.#signal);
  }

  /** How many orders, what they come to, and the smallest that goes wrong. */
  toString(): string {
    return whenAsked().explorationText(this);
  }

  /** @internal */
  [inspect.custom](): string {
    return this.toString();
  }

  /** @internal */
  [display](): Record<string, string> {
    return { 'text/plain': this.toString(), 'text/html': whenAsked().explorationHtml(this) };
  }
}

export async function replaySubject<R>(
  subject: Subject,
  code: string,
  signal: AbortSignal | undefined,
): Promise<Replay<R>> {
  if (typeof code !== 'string') throw new InvalidArgumentError('code', "an order such as 'A B B A'", code);
  const { ask, errorOf } = whenAsked();
  const answer = await ask({ type: 'replay', subject, code }, signal);
  if (answer.type === 'failed' && answer.failure.kind === 'order') {
    const expected = `an order of this program (${answer.failure.message})`;
    throw new InvalidArgumentError('code', expected, shortened(code));
  }
  if (answer.type === 'failed') throw errorOf(answer.failure);
  if (answer.type !== 'replayed') throw new TypeError(`A replay was asked for, and ${answer.type} came.`);
  return withLooks({ ...answer.replay, outcome: openedOutcome<R>(answer.replay.outcome) });
}

function opened<R>(count: OutcomeCount<string>): OutcomeCount<R> {
  return { ...count, outcome: openedOutcome<R>(count.outcome) };
}

function openedOutcome<R>(outcome: Outcome<string>): Outcome<R> {
  const { returned } = outcome;
  return { ...outcome, returned: returned === undefined ? undefined : (readResult(returned) as R) };
}
