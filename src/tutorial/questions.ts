// The questions of the notebooks: which answer is right, and what to say to each. The
// question itself and its answers stand in the notebook.

import { makeQuestion, type Question } from './question';
import { capstoneQuestions } from './questions/capstone';
import { cellQuestions } from './questions/cell-becomes-process';
import { startQuestions } from './questions/create-then-start';
import { deadlockQuestions } from './questions/deadlock';
import { evilQuestions } from './questions/evil-scheduler';
import { lockQuestions } from './questions/locks';
import { manyQuestions } from './questions/many-processes';
import { orderQuestions } from './questions/order-is-not-promised';
import { pythonQuestions } from './questions/python';
import { queueQuestions } from './questions/queues';
import { readyQuestions } from './questions/ready';
import { resultQuestions } from './questions/results';
import { sharedQuestions } from './questions/shared-resources';
import { speedQuestions } from './questions/speed-up';
import { typescriptQuestions } from './questions/typescript';
import { waitingQuestions } from './questions/waiting';
import { processQuestions } from './questions/what-is-a-process';
import { workerQuestions } from './questions/workers';
import { Verdict } from './verdict';

const questions = {
  ...readyQuestions,
  ...processQuestions,
  ...startQuestions,
  ...manyQuestions,
  ...orderQuestions,
  ...sharedQuestions,
  ...lockQuestions,
  ...waitingQuestions,
  ...queueQuestions,
  ...resultQuestions,
  ...workerQuestions,
  ...deadlockQuestions,
  ...speedQuestions,
  ...evilQuestions,
  ...capstoneQuestions,
  ...pythonQuestions,
  ...cellQuestions,
  ...typescriptQuestions,
};

/** The questions of the notebooks. */
export type QuestionName = keyof typeof questions;

const asked = new Map<string, Question>(
  Object.entries(questions).map(([name, choice]) => [name, makeQuestion(name, choice)]),
);

/**
 * Judges the letter you chose; `'?'` means that you have not chosen yet.
 *
 * @example
 * console.log(answer('cores', 'b').passed); // → true
 */
export function answer(name: QuestionName, letter: string): Verdict {
  const question = asked.get(name);
  if (question !== undefined) return question.answer(letter);
  return Verdict.notYet(
    `there is no question '${name}'. The questions are: ${[...asked.keys()].join(', ')}.`,
  );
}
