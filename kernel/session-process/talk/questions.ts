// Questions to the student: asked through the kernel, answered to the watcher's thread, which wakes a main
// thread that blocks.

import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { Answer } from '../../conversations/session';
import { contextCell, currentCell, KeyboardInterrupt } from '../cell/cell';
import { tell } from '../cell/output';

interface QuestionOptions {
  /** Do not show what is typed. */
  password?: boolean;
}

/** Thrown where no person answers questions, for example when a notebook is run by a program. */
class InputRefusedError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'InputRefusedError';
  }
}

interface Open {
  answer(answer: Answer): void;
}

/** An interrupt is looked for this often while the thread blocks. */
const SLICE_MS = 50;

let incoming: MessagePort;
const answered = new Int32Array(new SharedArrayBuffer(4));
const open = new Map<number, Open>();
let asked = 0;

/** What the watcher needs to pass on answers. */
export function openAnswerPost(): { answers: MessagePort; answered: Int32Array } {
  const { port1, port2: answers } = new MessageChannel();
  incoming = port1.on('message', take);
  incoming.unref();
  return { answers, answered };
}

/** Asks and blocks until the answer is there, as Python's `input` does. */
export function prompt(text = '', otherwise: string | QuestionOptions = {}): string {
  if (typeof otherwise !== 'string') return askNow('prompt()', text, otherwise);
  return askNow('prompt()', `${text} [${otherwise}] `) || otherwise;
}

export function confirm(text = 'Confirm'): boolean {
  return /^y(es)?$/i.test(askNow('confirm()', `${text} [y/N] `).trim());
}

export function alert(text: unknown = 'Alert'): void {
  askNow('alert()', `${String(text)} [Enter] `);
}

function askNow(asker: string, text: string, options: QuestionOptions = {}): string {
  const cell = currentCell();
  const question = ask(asker, text, options);
  let answer: Answer | undefined;
  open.set(question, {
    answer: (given) => {
      answer = given;
    },
  });
  const interruptedBefore = cell?.interruption;
  while (!answer) {
    const seen = Atomics.load(answered, 0);
    for (let got = receiveMessageOnPort(incoming); got; got = receiveMessageOnPort(incoming))
      take(got.message);
    if (answer) break;
    if (cell?.interruption !== interruptedBefore) {
      open.delete(question);
      throw new KeyboardInterrupt(new Error());
    }
    Atomics.wait(answered, 0, seen, SLICE_MS);
  }
  return textOf(answer);
}

/** Asks and lets everything else go on until the answer is there. */
export async function input(text = '', options: QuestionOptions = {}): Promise<string> {
  return askFor('input()', text, options);
}

/** `asker`: what the sentence is about, where there is no person to ask. */
export async function askFor(asker: string, text: string, options: QuestionOptions = {}): Promise<string> {
  const question = ask(asker, text, options);
  const signal = contextCell()?.signal;
  const answer = await new Promise<Answer>((resolve, reject) => {
    const giveUp = (): void => {
      open.delete(question);
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', giveUp);
    const answered = (given: Answer): void => {
      // Or Node would complain of the listeners of a cell that asks often.
      signal?.removeEventListener('abort', giveUp);
      resolve(given);
    };
    open.set(question, { answer: answered });
  });
  return textOf(answer);
}

function ask(asker: string, prompt: string, { password = false }: QuestionOptions): number {
  const cell = currentCell();
  if (!cell) {
    throw new InputRefusedError(
      `${asker} cannot ask from within a child process: ask in the cell, and give the child the answer as an argument.`,
    );
  }
  if (!cell.allowStdin) {
    throw new InputRefusedError(
      `${asker} cannot ask: nobody answers questions where this notebook runs. Write the value into the cell instead.`,
    );
  }
  const question = ++asked;
  tell({ type: 'asked', question, prompt: String(prompt), password });
  return question;
}

function take(answer: Answer): void {
  const asker = open.get(answer.question);
  open.delete(answer.question);
  asker?.answer(answer);
}

function textOf(answer: Answer): string {
  if (answer.type === 'answered') return answer.text;
  throw new InputRefusedError(answer.reason);
}
