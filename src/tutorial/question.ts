// A question to a student, and what each answer deserves to hear. The words of the question itself stand in
// the notebook, beside the place where it is answered.

import { InvalidArgumentError } from '../errors';
import { checkFunction, checkText } from '../given';
import { guessed } from './guessed';
import { checkOrdering, judgedOrder, type Ordering } from './ordering';
import { enrol, note } from './register';
import { Verdict } from './verdict';

/** One of several answers is right. */
export interface Choice {
  /** The letter of the right answer. */
  readonly right: string;
  /** What each answer deserves to hear, by its letter. */
  readonly replies: Readonly<Record<string, string>>;
}

/** A guess of what the program will do, held against what it did. */
export interface Prediction {
  /** What really happened, or a function that tells it. */
  readonly real: unknown;
  /** What may be guessed; without it, anything. */
  readonly choices?: readonly unknown[];
}

/** An answer in the student's own words. */
export interface FreeAnswer {
  /** Gives `true` for an answer that holds, else the sentence that helps. */
  judge(text: string): true | string;
  /** What an answer that holds hears. */
  readonly reply?: string;
}

/** What a question is made of: its shape says which kind it is. */
export type QuestionKind = Choice | Prediction | FreeAnswer | Ordering;

/** What has been asked and can be answered again and again. */
export interface Question {
  /** The name under which `progress()` counts it. */
  readonly name: string;
  /** Judges an answer; `'?'` means that there is none yet. */
  answer(given: unknown): Verdict;
}

/**
 * Makes a question of your own: with `right` and `replies` a choice between letters, with `real` a
 * prediction, with `judge` an answer in free words, with `lines` and `before` lines to be put into an order.
 *
 * @example
 * const memory = question('memory', {
 *   right: 'b',
 *   replies: { a: 'Who changed which copy?', b: 'Each process has a memory of its own.' },
 * });
 * console.log(String(memory.answer('?'))); // → ➜ Not yet: put one of the letters a, b in place of '?'.
 * console.log(String(memory.answer('b'))); // → ✔ Yes: Each process has a memory of its own.
 *
 * @example
 * const total = question('total', { real: () => 2 + 2 });
 * console.log(total.answer(5).passed); // → false
 *
 * @example
 * const why = question('why a lock', {
 *   judge: (text) => /one|turn/i.test(text) || 'How many may be inside at the same time?',
 * });
 * console.log(why.answer('Only one at a time.').passed); // → true
 *
 * @example
 * const tea = question('tea', {
 *   lines: 'abc',
 *   before: [
 *     ['b', 'c', 'With what do you want to fill the cup?'],
 *     ['c', 'a', 'The cup is still empty.'],
 *   ],
 *   reply: 'Enjoy your tea.',
 * });
 * console.log(String(tea.answer('abc'))); // → ➜ Not yet: The cup is still empty.
 * console.log(tea.answer('bca').passed); // → true
 */
export function question(name: string, kind: QuestionKind): Question {
  checkText('name', name);
  checkKind(kind);
  enrol(name);
  return makeQuestion(name, kind);
}

/** Each kind of question is known by one of these keys. */
const KEYS = ['right', 'real', 'judge', 'before'];

function checkKind(kind: QuestionKind): void {
  if (typeof kind !== 'object' || kind === null || !KEYS.some((key) => key in kind)) {
    throw new InvalidArgumentError(
      'kind',
      'an object with right and replies, with real, with judge, or with lines and before',
      kind,
    );
  }
  if ('judge' in kind) checkFunction('judge', kind.judge, 'a function that gives true or a sentence');
  if ('before' in kind) checkOrdering(kind);
  if (!('right' in kind)) return;
  const letters = Object.keys(kind.replies ?? {});
  if (!letters.includes(kind.right)) {
    throw new InvalidArgumentError(
      'right',
      `one of the letters that have a reply (${letters.join(', ')})`,
      kind.right,
    );
  }
}

/** As question(); `progress()` shows it once it was answered. */
export function makeQuestion(name: string, kind: QuestionKind): Question {
  return { name, answer: (given) => note(name, judged(kind, given)) };
}

function judged(kind: QuestionKind, given: unknown): Verdict {
  if ('replies' in kind) return chosen(kind, String(given));
  if ('before' in kind) return judgedOrder(kind, String(given));
  if ('judge' in kind) return inWords(kind, String(given));
  return guessed(given, typeof kind.real === 'function' ? kind.real() : kind.real, kind.choices);
}

function chosen({ right, replies }: Choice, letter: string): Verdict {
  // 'c.', '(c)' and ' C ' are the letter c.
  const answered = letter.replace(/^[\s("'`]+|(?<![\s.,;:!)"'`])[\s.,;:!)"'`]+$/g, '').toLowerCase();
  const reply = Object.hasOwn(replies, answered) ? replies[answered] : undefined;
  if (reply === undefined)
    return Verdict.notYet(
      `put one of the letters ${Object.keys(replies).join(', ')} in place of '${letter}'.`,
    );
  return answered === right ? Verdict.yes(reply) : Verdict.notYet(reply);
}

function inWords({ judge, reply = 'that holds.' }: FreeAnswer, text: string): Verdict {
  if (text.trim() === '?' || text.trim() === '')
    return Verdict.notYet(`write your answer in your own words, in place of '${text}'.`);
  const said: unknown = judge(text);
  if (said === true) return Verdict.yes(reply);
  if (typeof said === 'string') return Verdict.notYet(said);
  throw new InvalidArgumentError('what judge gives', 'true, or a sentence that helps', said);
}
