// Notebook 05: the student is the evil scheduler, and gives the order in which a program returns what it
// should not.

import { inspect, isDeepStrictEqual } from 'node:util';
import { replay } from '../../explore/explore';
import { openWalk } from '../../explore/walk';
import { checkFunction, checkOptions } from '../../given';
import { makeExercise } from '../exercise';
import { CounterExample, endOfHang } from '../orders/counter-example';
import { Verdict } from '../verdict';

interface Task {
  readonly program: () => unknown;
  readonly code: string;
  readonly wanted: unknown;
}

const exercise = makeExercise<Task>('Evil order', { check });

/**
 * Judges an order: does `program` return this value in it? `'ABBA'` and `'A B B A'` are the same order.
 *
 * @example
 * const race = async () => {
 *   const finish = new Queue<string>();
 *   for (const name of ['Ada', 'Bob']) new Process({ name, target: () => finish.putSync(name) }).start();
 *   return finish.get();
 * };
 * console.log((await checkOrder(race, 'B', { returns: 'Bob' })).sentence);
 * // → after B the program is not over: next comes M or A.
 * console.log((await checkOrder(race, 'B A', { returns: 'Bob' })).passed); // → true
 */
export async function checkOrder(
  program: () => unknown,
  code: string,
  options: { returns: unknown },
): Promise<Verdict> {
  checkFunction('program', program, 'a function that starts processes');
  checkOptions('options', options, ['returns']);
  return await exercise.check({ program, code, wanted: options.returns });
}

async function check({ program, code, wanted }: Task): Promise<Verdict> {
  const letters = lettersIn(code);
  if (letters.length === 0 || letters.includes('?'))
    return Verdict.notYet("write the letters of your order, such as 'A A B B'.");
  const slip = await slipIn(program, letters);
  if (slip !== undefined) return Verdict.notYet(slip);
  const order = letters.join(' ');
  const { outcome, trace } = await replay(program, order);
  if (outcome.hang !== undefined) {
    const stuck = new CounterExample(order, trace, endOfHang(outcome.hang));
    return Verdict.notYet(`in the order ${order} it never ends: ${outcome.hang}`, stuck);
  }
  const came = `it returns ${inspect(outcome.returned)}`;
  if (isDeepStrictEqual(outcome.returned, wanted))
    return Verdict.yes(`in the order ${order} ${came}. Nothing but the order has made it so.`);
  const shown = new CounterExample(order, trace, `So ${came}.`);
  return Verdict.notYet(`in the order ${order} ${came}, and not ${inspect(wanted)}.`, shown);
}

/** 'abba', 'A,B,B,A' and 'A B B A' are the same. */
function lettersIn(code: string): string[] {
  const parts = String(code)
    .toUpperCase()
    .split(/[\s,;→-]+/)
    .filter((part) => part !== '');
  // A2 is the second of what A could do, and A.B the second child of A.
  return parts.length === 1 ? (parts[0]?.match(/[A-Z](?:\.[A-Z])*\d*|./gu) ?? []) : parts;
}

/** The first letter that cannot be, in words. */
async function slipIn(program: () => unknown, letters: readonly string[]): Promise<string | undefined> {
  const walk = await openWalk(program);
  for (const [at, letter] of letters.entries()) {
    const before = at === 0 ? 'at the beginning' : `after ${letters.slice(0, at).join(' ')}`;
    if (walk.position.isOver) return `${before} the program is over, but your order goes on with ${letter}.`;
    const can = walk.position.moves.map(({ token }) => token);
    if (!can.includes(letter)) return `${before}, ${letter} cannot move: next comes ${can.join(' or ')}.`;
    await walk.take(letter);
  }
  if (walk.position.isOver) return undefined;
  const can = walk.position.moves.map(({ token }) => token);
  return `after ${letters.join(' ')} the program is not over: next comes ${can.join(' or ')}.`;
}
