// Notebook 07: the names of the children that failed, whatever went wrong in them.

import { inspect } from 'node:util';
import { Process } from '../../process/process';
import { sleep } from '../../waiting/sleep';
import { makeExercise } from '../exercise';
import { atLeastAtOnce } from '../orders/at-once';
import { check as checkOrders } from '../orders/check';
import { startsChildren } from '../orders/children';
import { everythingJoined } from '../orders/ending';
import { type Requirement, requirement } from '../orders/requirement';
import { Verdict } from '../verdict';

/** The exit code with which each child ends, by its name; 1 is an uncaught error, −9 a kill. */
type Codes = Readonly<Record<string, number>>;

const TRIES: readonly Codes[] = [
  { Ada: 0, Bob: 1, Cem: 3, Dora: 0 },
  { Kim: 42, Lin: 1 },
  { Mia: 0, Nuri: -9 },
  { Ola: 0, Per: 0 },
  {},
];

const WORK_MS = 1000;

const exercise = makeExercise<(children: Process[]) => unknown>('Who failed', { check });

/**
 * Judges `whoFailed(children)`: does it start these processes, wait for all of them, and return the names of
 * those that did not end well?
 *
 * @example
 * const verdict = await checkWhoFailed(async (children) => {
 *   for (const child of children) child.start();
 *   for (const child of children) await child.join();
 *   return children.filter((child) => child.exitcode === 1).map((child) => child.name);
 * });
 * console.log(verdict.sentence);
 * // → I gave it Ada (exit code 0), Bob (1), Cem (3), Dora (0): in its only order Cem is missing in what it returns…
 */
export const checkWhoFailed = exercise.check;

async function check(solution: (children: Process[]) => unknown): Promise<Verdict> {
  for (const codes of TRIES) {
    const count = Object.keys(codes).length;
    const requirements = [
      startsChildren(count),
      everythingJoined(),
      namesOfFailed(codes),
      ...(count > 0 ? [atLeastAtOnce(count)] : []),
    ];
    const program = () => solution(childrenWith(codes));
    const verdict = await checkOrders(program, requirements, { childrenMayFail: true });
    if (!verdict.passed) {
      return Verdict.notYet(`I gave it ${given(codes)}: ${verdict.sentence}`, verdict.counterExample);
    }
  }
  return Verdict.yes(
    'I tried children that end well, with an error, with other exit codes and by a kill, and none at all. ' +
      'Each time it named those that failed, and all worked at the same time.',
  );
}

function childrenWith(codes: Codes): Process[] {
  return Object.entries(codes).map(([name, code]) => new Process({ name, target: () => endWith(code) }));
}

async function endWith(code: number): Promise<void> {
  await sleep(WORK_MS);
  if (code < 0) process.kill(process.pid, -code);
  if (code === 1) throw new Error('the cake is black');
  process.exit(code);
}

function given(codes: Codes): string {
  const [first, ...others] = Object.entries(codes);
  if (first === undefined) return 'no children';
  const rest = others.map(([name, code]) => `, ${name} (${code})`);
  return `${first[0]} (exit code ${first[1]})${rest.join('')}`;
}

function namesOfFailed(codes: Codes): Requirement {
  return requirement('it returns the names of those that failed', ({ returned }) => faultIn(returned, codes));
}

/**
 * Whether it is a process as it comes back from where the program has run, known by the name of its class
 * alone.
 */
function isProcess(value: unknown): boolean {
  return typeof value === 'object' && value !== null && inspect(value).startsWith('Process ');
}

function faultIn(returned: unknown, codes: Codes): string | undefined {
  if (!Array.isArray(returned)) {
    return `it returns ${isProcess(returned) ? 'a Process' : inspect(returned)}; it must be an array of names, such as ['Ada']`;
  }
  const stranger = returned.find((each) => typeof each !== 'string' || codes[each] === undefined);
  if (stranger !== undefined) {
    const what = isProcess(stranger) ? 'a Process itself' : inspect(stranger);
    return `there is ${what} in what it returns; put the name of a child there, child.name`;
  }
  const twice = returned.find((each, at) => returned.indexOf(each) < at);
  if (twice !== undefined) return `${twice} is there twice in what it returns`;
  const innocent = returned.find((each) => codes[String(each)] === 0);
  if (innocent !== undefined) return `${innocent} is in what it returns, but ${innocent} ended well`;
  const [missing] = Object.keys(codes).filter((name) => codes[name] !== 0 && !returned.includes(name));
  return (
    missing &&
    `${missing} is missing in what it returns, and ${missing} ended with exit code ${codes[missing]}`
  );
}
