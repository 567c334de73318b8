// Notebook 08: names go to one child, one at a time, through a queue.

import { UNTOLD } from '../../explore/items';
import { makeExercise } from '../exercise';
import { linesIn } from '../lines-in';
import { check as checkOrders } from '../orders/check';
import { startsChildren } from '../orders/children';
import { everythingJoined, nothingLeft } from '../orders/ending';
import type { Plain, Requirement } from '../orders/requirement';
import { Verdict } from '../verdict';

const TRIES = [['Ines', 'Otto', 'Wei', 'Sara', 'Ben'], ['Mia'], ['Tom', 'Tom'], []] as const;

const exercise = makeExercise<(names: string[]) => unknown>('Send names', { check });

/**
 * Judges `sendNames(names)`: does one child greet all names, in their order, each as it comes through a
 * queue?
 *
 * @example
 * const greet = async (box: Queue<string>) => console.log(`Hello ${await box.get()}!`);
 * const verdict = await checkSendNames(async (names) => {
 *   const box = new Queue<string>();
 *   new Process({ target: greet, args: [box] }).start();
 *   for (const name of names) await box.put(name);
 * });
 * console.log(verdict.sentence);
 * // → …the child printed 1 line, not 5: "Hello Ines!".
 */
export const checkSendNames = exercise.check;

async function check(solution: (names: string[]) => unknown): Promise<Verdict> {
  for (const names of TRIES) {
    const requirements = [
      startsChildren(1),
      greets(names),
      oneMessageEach(names),
      everythingJoined(),
      nothingLeft(),
    ];
    const verdict = await checkOrders(solution, requirements, { args: [[...names]] });
    if (!verdict.passed) return verdict;
  }
  return Verdict.yes(
    'I tried 5 names, 1, 2 and none, in every order in which the two processes can run. However long each of ' +
      'them takes, the child greets every name, and nobody waits for ever.',
  );
}

interface Printed {
  readonly [who: string]: string;
  readonly parent: string;
  readonly children: string;
}

function greets(names: readonly string[]): Requirement {
  return {
    words: 'the child greets every name, in the order in which they were sent',
    memory: {
      first: { parent: '', children: '' },
      next(memory, { kind, process, text = '' }) {
        if (kind !== 'print') return memory;
        const before = memory as Printed;
        const who = process === 0 ? 'parent' : 'children';
        return { ...before, [who]: before[who] + text };
      },
    },
    judge: ({ memory }) => wrongGreeting(memory as unknown as Printed, names),
    judgeGarbledChildren({ memory }, honest) {
      const printed = printedByChildren(memory);
      if (printed === '' || !honest.some((order) => printedByChildren(order.memory) === printed))
        return undefined;
      return `the child prints "${linesIn(printed)[0]}" whatever comes through the queue. Greet the name that get() gives`;
    },
  };
}

function printedByChildren(memory: Plain): string {
  return (memory as unknown as Printed).children;
}

function wrongGreeting({ parent, children }: Printed, names: readonly string[]): string | undefined {
  const lines = linesIn(children);
  if (lines.length === 0 && names.some((name) => parent.includes(name))) {
    return 'it is the parent who greets; the child prints nothing';
  }
  if (lines.length !== names.length) {
    const shown = lines.length === 0 ? '' : `: ${lines.map((line) => `"${line}"`).join(', ')}`;
    return `the child printed ${lines.length === 1 ? '1 line' : `${lines.length} lines`}, not ${names.length}${shown}`;
  }
  const crowded = lines.find((line) => namesIn(line, names).length > 1);
  if (crowded !== undefined) return `the child prints "${crowded}"; each line greets one`;
  const wrong = names.findIndex((name, at) => !lines[at]?.includes(name));
  if (wrong < 0) return undefined;
  return `line ${wrong + 1} of the child is "${lines[wrong]}", and the name that was sent is ${names[wrong]}`;
}

function oneMessageEach(names: readonly string[]): Requirement {
  return {
    words: 'each name travels as a message of its own',
    memory: {
      first: [],
      next: (memory, { kind, text = '' }) => (kind === 'put' ? [...(memory as string[]), text] : memory),
    },
    judge: ({ memory }) =>
      tooFew((memory as string[]).length, names.length) ?? wrongMessage(memory as string[], names),
  };
}

/** Messages whose text is not told may hold anything. */
function wrongMessage(messages: readonly string[], names: readonly string[]): string | undefined {
  if (messages.includes(UNTOLD)) return undefined;
  for (const message of messages) {
    const within = namesIn(message, names);
    if (within.length > 1)
      return `the message ${message} holds ${within.length} names; each name travels alone`;
  }
  for (const name of new Set(names)) {
    const sent = messages.filter((message) => namesIn(message, names).includes(name)).length;
    const wanted = names.filter((each) => each === name).length;
    if (sent !== wanted) return `${name} is put into a queue ${times(sent)}, not ${times(wanted)}`;
  }
  return undefined;
}

function namesIn(text: string, names: readonly string[]): string[] {
  return [...new Set(names)].filter((name) => text.includes(name));
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

function tooFew(sent: number, count: number): string | undefined {
  if (sent >= count) return undefined;
  return sent === 0
    ? 'nothing is put into a queue'
    : `only ${sent === 1 ? '1 message is' : `${sent} messages are`} put into a queue for ${count} names; each name travels alone`;
}
