// check(): holds a program against requirements in every order in which it can run.

import { inspect } from 'node:util';
import { ExplorationError, InvalidArgumentError } from '../../errors';
import type { Garbled } from '../../explore/garble';
import { withStop } from '../../explore/with-stop';
import { checkFunction, checkOptions } from '../../given';
import { Verdict } from '../verdict';
import { CounterExample, endOfHang } from './counter-example';
import { type Explored, exploreFor, type KindOfOrder } from './explored';
import type { Overall, Requirement } from './requirement';

/** How `check()` calls a program. */
export interface CheckOptions<A extends unknown[]> {
  /** What the program is called with; the verdict tells it. */
  readonly args?: A;
  /** Whether a child may end with an error; the program itself never may. Default: false. */
  readonly childrenMayFail?: boolean;
}

/** This is judged before all requirements: an order that comes to no good end fulfils none. */
const ENDS: Requirement = {
  words: 'it ends',
  judge: ({ hang }) => (hang === undefined ? undefined : `it never ends: ${hang}`),
};

/**
 * Judges a program by requirements, over every order in which its processes can move. A program that breaks
 * one gets a verdict with the order that shows it. Where there are too many orders for all, the verdict says
 * how many were tried. The same program gets the same verdict, always.
 *
 * @param program The function to be judged. It runs apart from this program, with processes that are played.
 * @param requirements What must hold: `returns(…)`, `wholeLines()`, `noDeadlock()` and others; those that
 * matter most stand first.
 *
 * @example
 * const greet = () => {
 *   for (const name of ['Ada', 'Bob']) new Process({ target: () => console.log(name) }).start();
 * };
 * console.log((await check(greet, [prints(['Ada', 'Bob'])])).passed); // → false
 * console.log((await check(greet, [startsChildren(2)])).passed); // → true
 * @example
 * const counter = new RawValue('int32', 0);
 * const addOne = () => { counter.value = counter.value + 1; };
 * const twoAdd = async () => {
 *   const both = [1, 2].map(() => new Process({ target: addOne }));
 *   for (const each of both) each.start();
 *   for (const each of both) await each.join();
 *   return counter.value;
 * };
 * const verdict = await check(twoAdd, [returns(2), everythingJoined()]);
 * console.log(verdict.sentence); // → in 4 of 6 orders it returns 1 instead of 2.
 * console.log(verdict.counterExample?.code); // → A B B A
 */
export async function check<A extends unknown[]>(
  program: (...args: A) => unknown,
  requirements: readonly Requirement[],
  options: CheckOptions<A> = {},
): Promise<Verdict> {
  checkGiven(program, requirements, options);
  const { args, childrenMayFail = false } = options;
  const given = args ?? ([] as unknown[] as A);
  const called =
    args === undefined ? '' : `I called it with (${args.map((arg) => inspect(arg)).join(', ')}): `;
  let explored: Explored;
  try {
    explored = await exploreFor(() => program(...given), requirements, childrenMayFail);
  } catch (error) {
    // It says in a sentence what the program does that no order can be told of.
    if (error instanceof ExplorationError)
      return Verdict.notYet(`${called}it cannot be checked: ${error.message}`);
    throw error;
  }
  for (const requirement of [ENDS, ...requirements]) {
    const fault = requirement.judgeOverall?.(overallFor(requirement, explored));
    if (fault !== undefined) return Verdict.notYet(`${called}${fault}.`);
    const broken = brokenBy(requirement, explored.kinds);
    if (broken !== undefined) return await refuted(broken, explored, called);
  }
  for (const requirement of [ENDS, ...requirements]) {
    const late = brokenBy(requirement, explored.lateKinds);
    if (late !== undefined) return await refutedLate(late, explored, called);
  }
  for (const garbled of ['main', 'children'] as const) {
    const unmoved = await faultUnmoved(() => program(...given), requirements, explored.kinds, garbled);
    if (unmoved !== undefined) return Verdict.notYet(`${called}${unmoved}.`);
  }
  return Verdict.yes(`${called}${checked(explored)}: ${requirements.map(({ words }) => words).join('; ')}.`);
}

/** Finds the fault of a program that comes to the same when something else than was sent arrives there. */
async function faultUnmoved(
  program: () => unknown,
  requirements: readonly Requirement[],
  honest: readonly KindOfOrder[],
  garbled: Garbled,
): Promise<string | undefined> {
  const judge = garbled === 'main' ? 'judgeGarbled' : 'judgeGarbledChildren';
  const asking = requirements.filter((requirement) => requirement[judge] !== undefined);
  if (asking.length === 0) return undefined;
  let kinds: readonly KindOfOrder[];
  try {
    ({ kinds } = await exploreFor(program, requirements, false, garbled));
  } catch (error) {
    // It cannot go on with something else, so it goes by what it gets.
    if (error instanceof ExplorationError) return undefined;
    throw error;
  }
  for (const requirement of asking) {
    const orders = honest.map((kind) => kind.orderFor(requirement));
    for (const kind of kinds) {
      if (kind.hang !== undefined || kind.failure !== undefined) continue;
      const fault = requirement[judge]?.(kind.orderFor(requirement), orders);
      if (fault !== undefined) return fault;
    }
  }
  return undefined;
}

function overallFor(requirement: Requirement, { timed, kinds }: Explored): Overall {
  return { timed, orders: kinds.map((kind) => kind.orderFor(requirement)) };
}

/** A check that checks nothing would pass everything. */
function checkGiven(
  program: unknown,
  requirements: unknown,
  options: { args?: unknown; childrenMayFail?: unknown },
): void {
  checkFunction('program', program);
  if (!Array.isArray(requirements) || requirements.length === 0) {
    throw new InvalidArgumentError(
      'requirements',
      'an array such as [returns(2), noDeadlock()]',
      requirements,
    );
  }
  for (const [at, each] of requirements.entries()) {
    if (typeof each?.words === 'string') continue;
    const expected = 'a requirement, such as returns(2), with its brackets';
    throw new InvalidArgumentError(`requirements[${at}]`, expected, each);
  }
  checkOptions('options', options, ['args', 'childrenMayFail']);
  const { childrenMayFail } = options;
  if (childrenMayFail !== undefined && typeof childrenMayFail !== 'boolean') {
    throw new InvalidArgumentError('childrenMayFail', 'true or false', childrenMayFail);
  }
  if (options.args !== undefined && !Array.isArray(options.args)) {
    throw new InvalidArgumentError('args', 'an array, such as [3]', options.args);
  }
}

interface Broken {
  /** What is wrong in the shortest order. */
  readonly fault: string;
  readonly shortest: KindOfOrder;
  /** How many orders break the requirement. */
  readonly count: bigint;
  /** Whether it is the same fault in all of them. */
  readonly isSame: boolean;
}

function brokenBy(requirement: Requirement, kinds: readonly KindOfOrder[]): Broken | undefined {
  const faults = kinds.flatMap((kind) => {
    const own = requirement === ENDS ? kind.failure : undefined;
    const fault = own ?? judged(requirement, kind);
    return fault === undefined ? [] : [{ kind, fault }];
  });
  const [first] = faults.sort((one, other) => byLength(one.kind.code, other.kind.code));
  if (first === undefined) return undefined;
  return {
    fault: first.fault,
    shortest: first.kind,
    count: faults.reduce((sum, { kind }) => sum + kind.count, 0n),
    isSame: faults.every(({ fault }) => fault === first.fault),
  };
}

function judged(requirement: Requirement, kind: KindOfOrder): string | undefined {
  const fault: unknown = requirement.judge?.(kind.orderFor(requirement));
  if (fault === undefined || typeof fault === 'string') return fault;
  throw new InvalidArgumentError(
    `what the judge of '${requirement.words}' gives`,
    'a sentence, or undefined if all is well',
    fault,
  );
}

/** Few steps first, of these few changes of the process, of these the alphabet. */
function byLength(one: string, other: string): number {
  const [a, b] = [one.split(' '), other.split(' ')];
  return a.length - b.length || changes(a) - changes(b) || (one < other ? -1 : 1);
}

function changes(tokens: readonly string[]): number {
  const letters = tokens.map((token) => /^\D*/.exec(token)?.[0]);
  return letters.filter((letter, at) => at > 0 && letter !== letters[at - 1]).length;
}

async function refuted(broken: Broken, explored: Explored, called: string): Promise<Verdict> {
  const { fault, count, isSame } = broken;
  const often = howOften(count, explored);
  const sentence = isSame
    ? `${called}${often} ${withStop(fault)}`
    : `${called}${often} it goes wrong. In the shortest of them ${withStop(fault)}`;
  return Verdict.notYet(sentence, await counterExample(broken, explored));
}

async function refutedLate(late: Broken, explored: Explored, called: string): Promise<Verdict> {
  const sentence =
    `${called}in every order all is well. But a processor may let others see late what a process wrote, and then ` +
    `${withStop(late.fault)} A lock, a queue or Atomics would prevent that.`;
  return Verdict.notYet(sentence, await counterExample(late, explored));
}

async function counterExample({ fault, shortest }: Broken, explored: Explored): Promise<CounterExample> {
  const trace = await explored.traceOf(shortest.code);
  const end = shortest.hang === undefined ? `So ${withStop(fault)}` : endOfHang(shortest.hang);
  return new CounterExample(shortest.code, trace, end);
}

function howOften(count: bigint, { total, isComplete }: Explored): string {
  if (!isComplete) return `in ${number(count)} of ${number(total)} orders that I tried`;
  if (total === 1n) return 'in its only order';
  return count === total ? 'in every order' : `in ${number(count)} of ${number(total)} orders`;
}

function checked({ total, isComplete, which }: Explored): string {
  if (!isComplete) {
    return `it can run in more orders than I can check. I tried ${number(total)} (${which}), and in each of them`;
  }
  if (total === 1n) return 'I checked the only order in which it can run';
  const all = total === 2n ? 'both' : `all ${number(total)}`;
  return `I checked ${all} orders in which it can run, and in each of them`;
}

function number(count: bigint): string {
  return count.toLocaleString('en');
}
