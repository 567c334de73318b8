// All questions, in the order of the page.
import { awaited } from './awaited';
import { cluster } from './cluster';
import { cold } from './cold';
import { exploring } from './explore';
import { flat } from './flat';
import { kernelQuestion } from './kernels';
import { lock } from './lock';
import { manager } from './manager';
import { memory } from './memory';
import { notebook } from './notebook';
import { pool } from './pool';
import type { Case, Question } from './question';
import { queue } from './queue';
import { sharedArray } from './shared-array';
import { start } from './start';
import { trace } from './trace';
import { work } from './work';

export const questions: readonly Question[] = [
  start,
  lock,
  queue,
  pool,
  awaited,
  cold,
  work,
  sharedArray,
  manager,
  exploring,
  flat,
  trace,
  cluster,
  kernelQuestion,
  notebook,
  memory,
];

export function findCase(question: string, name: string): Case {
  const found = questions.find((each) => each.name === question)?.cases.find((each) => each.name === name);
  if (found === undefined) throw new Error(`There is no case '${name}' of '${question}'.`);
  return found;
}
