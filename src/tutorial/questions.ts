// The multiple-choice questions of the notebooks: which answer is right, and what to say to each. The
// question itself and its answers stand in the notebook.

import { type Choice, makeQuestion, type Question } from './question';
import { Verdict } from './verdict';

const questions = {
  cores: {
    right: 'b',
    replies: {
      a: 'A core does one thing at a time, but your computer has all its cores at work together. Look at the picture above.',
      b: 'One core moves one process at a time, so four cores move four. The other six wait a moment for their turn.',
      c: 'All ten are alive, but a core can move only one at a time. How many cores are there?',
    },
  },
  'function-call': {
    right: 'a',
    replies: {
      a: 'A call stays in the process that makes it. Only start() asks the system for another process.',
      b: 'Look at the numbers: after the plain call, was the process number new, or the one of the notebook?',
      c: 'Nothing is left to luck here. Run the plain call again and look at its process number.',
    },
  },
  memory: {
    right: 'c',
    replies: {
      a: 'That would be true if both processes used one memory. Think of two kitchens: who painted the wall of whose kitchen?',
      b: 'The child did run, and its own copy did change. What about the copy of the parent?',
      c: 'The child changed its own copy. Nothing that it does to its variables reaches the variables of the parent.',
    },
  },
  brackets: {
    right: 'b',
    replies: {
      a: 'That is what `target: wave` would do. With brackets, who calls the function, and when?',
      b: 'The brackets call the function at once, in the parent. What reaches `target` is the result, not the function.',
      c: 'Every function may be a target, also one without parameters. Look at the brackets once more.',
    },
  },
  'copy-at-start': {
    right: 'b',
    replies: {
      a: 'new Process() only makes a plan; nothing is copied yet. When does the process begin to exist?',
      b: 'The child gets its copy at start(). At that moment the variable already holds 2.',
      c: 'After start() the child has its own copy: what the parent writes later does not reach it.',
    },
  },
  'loop-name': {
    right: 'c',
    replies: {
      a: 'A name is only a name: the letter i inside `pi` is not replaced by anything.',
      b: 'The loop goes round three times, so there are three processes. Only names are missing.',
      c: 'Each round makes a new Process object, but its name `pi` ends with its round. Use an array to keep all three.',
    },
  },
} as const satisfies Record<string, Choice>;

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
