// What operations are called that have no sentence of their own, so that no name of ours is read by the
// student who wrote the program. Pure.
import type { Operation, Plain } from '../operations';

type Words = (thing: string, args: readonly Plain[]) => string;

const inOneStep: Words = (thing) => `changes ${thing} in one step`;

/** What the result answers begins with 'asks'. */
const VERBS: Readonly<Record<string, Words>> = {
  add: inOneStep,
  and: inOneStep,
  answer: (thing) => `gives a result to ${thing}`,
  attach: (_, [name]) => `opens the shared memory ${name}`,
  broken: (thing) => `asks whether ${thing} is broken`,
  busy: (thing) => `looks who works for ${thing}`,
  close: (thing) => `closes ${thing}`,
  collect: (thing) => `gets results of ${thing}`,
  compareExchange: inOneStep,
  create: (_, [name]) => `makes the shared memory ${name}`,
  cut: (thing) => `takes back what is left of the work for ${thing}`,
  end: (thing, [, ending]) => (ending === 'passed' ? `lets all go on at ${thing}` : `breaks ${thing}`),
  endNow: (thing, [ending]) => `${ending === 'reset' ? 'resets' : 'breaks'} ${thing}`,
  enter: (thing) => `begins to wait at ${thing}`,
  exchange: inOneStep,
  exit: () => 'ends',
  getValue: (thing) => `asks how many ${thing} lets in`,
  give: (thing, work) =>
    `gives ${work.length === 1 ? 'a piece' : `${work.length} pieces`} of work to ${thing}`,
  giveUp: (thing) => `stops waiting at ${thing}`,
  hire: (thing) => `hires a worker for ${thing}`,
  holder: (thing) => `asks who has ${thing}`,
  hold: (thing) => `has ${thing} in hand`,
  isSet: (thing) => `asks whether ${thing} is set`,
  joined: (thing) => `sees that all tasks of ${thing} are done`,
  leave: (thing) => `stops waiting at ${thing}`,
  lend: (thing) => `hands ${thing} on`,
  locked: (thing) => `asks whether ${thing} is taken`,
  look: (thing) => `looks at ${thing}`,
  now: () => 'looks at the clock',
  nWaiting: (thing) => `asks how many wait at ${thing}`,
  or: inOneStep,
  owner: (thing) => `asks who has ${thing}`,
  qsize: (thing) => `asks how many are in ${thing}`,
  ready: (thing) => `asks whether ${thing} has something`,
  setItem: (thing, [at, , , , , shown]) => `writes ${thing}[${at}] = ${shown}`,
  sub: inOneStep,
  take: (thing) => `takes a piece of work from ${thing}`,
  taskDone: (thing) => `says to ${thing} that a task is done`,
  tick: () => 'goes on',
  unlink: (_, [name]) => `removes the shared memory ${name}`,
  waitAny: () => 'sees what is ready',
  xor: inOneStep,
};

/** What it does or has done; with a result, also the answer to what it asked. */
export function verbOf(
  { kind, args }: Pick<Operation, 'kind' | 'args'>,
  thing: string,
  result?: Plain,
): string {
  const words = VERBS[kind]?.(thing, args) ?? `does something to ${thing}`;
  if (result === undefined || !words.startsWith('asks')) return words;
  if (typeof result === 'boolean') return `${words}: ${result ? 'yes' : 'no'}`;
  return `${words}: ${result}`;
}
