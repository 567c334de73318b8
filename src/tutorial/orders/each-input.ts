// One program with several inputs: a result that stands ready in it holds for one of them only.

import { inspect } from 'node:util';
import { Verdict } from '../verdict';
import { type CheckOptions, check } from './check';
import type { Requirement } from './requirement';

/** What a program is called with, and what must hold then. */
export interface Input<A extends unknown[]> {
  readonly args: A;
  readonly requirements: readonly Requirement[];
}

/** The verdict on the first input that fails; where none does, it names all. */
export async function checkEach<A extends unknown[]>(
  program: (...args: A) => unknown,
  inputs: readonly Input<A>[],
  options: CheckOptions<A> = {},
): Promise<Verdict> {
  // The words are made before the function is called: it may change what it gets.
  const calls = inputs.map(({ args }) => `(${args.map((arg) => inspect(arg)).join(', ')})`);
  const verdicts: Verdict[] = [];
  for (const { args, requirements } of inputs) {
    const verdict = await check(program, requirements, { ...options, args });
    if (!verdict.passed) return verdict;
    verdicts.push(verdict);
  }
  const [first] = verdicts;
  if (first === undefined) throw new TypeError('There is no input.');
  return Verdict.yes(`${first.sentence}\nI tried it with ${calls.slice(1).join(', and with ')}, too.`);
}
