// A hang in words: what hangs, who is in it, and the usual repair. Pure; the same for a real run and for an
// explored one.

import type { Hang, HangWait, Standstill } from './hang';
import { anything, type Nobody, nobody } from './hang-repairs';
import { alternatives, isWaitForAny } from './wait-for-any';

interface HangWords {
  /** What hangs. */
  readonly what: string;
  /** Who holds and waits for what. */
  readonly who: string;
  /** What is usually written instead. */
  readonly repair: string;
}

/** How many are named; of more, their number is told. */
const MOST_NAMED = 5;

export function hangSentence(hang: Hang): string {
  const { what, who, repair } = hangWords(hang);
  return `${what} ${who} ${repair}`;
}

function hangWords(hang: Hang): HangWords {
  const { circle, kind } = hang;
  switch (kind) {
    case 'circular-wait':
      return circle.length > 1 ? ofCircle(hang) : ofTasks(hang);
    case 'join-while-holding':
    case 'circular-join':
      return ofCircle(hang);
    case 'double-acquire':
      return ofDoubleAcquire(hang);
    case 'join-before-draining':
      return ofDraining(hang);
    case 'forgetful-owner':
      return ofForgetfulOwner(hang);
    default:
      return ofNobody(hang, nobody[kind]);
  }
}

/** Each waits for what the next one has, and the last one for what the first has. */
function ofCircle(hang: Hang): HangWords {
  const waits = hang.circle.flatMap((index) => hang.waits[index] ?? []);
  const names = waits.map(({ process }) => nameOf(hang, process));
  const parts = waits.map((wait, index) => {
    const before = waits.at(index - 1);
    const holds =
      before && 'object' in before.for ? `holds ${held(hang, wait.process, before.for.object)} and ` : '';
    return `${nameOf(hang, wait.process)} ${holds}waits for ${wanted(hang, wait)}`;
  });
  const what =
    waits.length > 1
      ? `${listed(names)} wait for each other for ever.`
      : `${names[0]} waits for its own end, which cannot come while it waits.`;
  return { what, who: `${parts.join('; ')}.`, repair: repairOfCircle(hang, waits.length) };
}

function repairOfCircle({ kind }: Hang, size: number): string {
  if (kind === 'join-while-holding') return 'Release what a process needs before you wait for its end.';
  if (kind === 'circular-join') return 'Let only the parent of a process wait for its end.';
  return `Take the ${size === 2 ? 'two ' : ''}locks in the same order everywhere.`;
}

/** The words for one process whose tasks wait for what others of its tasks have. */
function ofTasks(hang: Hang): HangWords {
  const process = hang.waits[hang.told]?.process ?? 0;
  const waits = hang.waits.filter(
    (wait) =>
      wait.process === process &&
      'object' in wait.for &&
      hang.holds.some(
        (hold) => hold.process === process && 'object' in wait.for && hold.object === wait.for.object,
      ),
  );
  const objects = [
    ...new Set(waits.flatMap(({ for: subject }) => ('object' in subject ? subject.object : []))),
  ];
  const things = listed(objects.map((object) => held(hang, process, object)));
  return {
    what: `Tasks of ${nameOf(hang, process)} wait for each other for ever.`,
    who: `They hold ${things} and wait for ${listed(waits.map((wait) => wanted(hang, wait)))}.`,
    repair:
      objects.length > 1
        ? 'Let every task take the locks in the same order.'
        : 'Let a task release the lock before it waits for another task.',
  };
}

function ofDoubleAcquire(hang: Hang): HangWords {
  const wait = toldWait(hang);
  const object = 'object' in wait.for ? wait.for.object : 0;
  const name = nameOf(hang, wait.process);
  return {
    what: `${name} waits for ${wanted(hang, wait)} for ever.`,
    who: `It holds ${held(hang, wait.process, object)} itself, and nobody else could release it.`,
    repair: 'A Lock cannot be taken twice: use an RLock, or release it first.',
  };
}

function ofDraining(hang: Hang): HangWords {
  const wait = toldWait(hang);
  const name = nameOf(hang, wait.process);
  const join = hang.waits[hang.circle[1] ?? -1];
  const thing = objectOf(hang, wait);
  const isPipe = kindOf(hang, wait) === 'Pipe';
  return {
    what: `${name} cannot end: it waits in ${wait.what} for room in ${thing}${place(wait.where)}.`,
    who: `${nameOf(hang, join?.process)} waits for its end${place(join?.where)} and takes nothing out of ${thing}.`,
    repair: isPipe
      ? 'Receive all messages before you join the process that sends them.'
      : 'Take all items out of the queue before you join the process that puts them.',
  };
}

function ofForgetfulOwner(hang: Hang): HangWords {
  const wait = toldWait(hang);
  const object = 'object' in wait.for ? wait.for.object : 0;
  const owner = hang.holds.find((hold) => hold.object === object)?.process;
  const name = nameOf(hang, owner);
  return {
    what: `${nameOf(hang, wait.process)} waits for ${wanted(hang, wait)} for ever.`,
    who: `${name} holds ${held(hang, owner, object)} and ${doing(hang, owner)}.`,
    repair: 'Release a lock before you wait for something else, and on every way out: with() does so.',
  };
}

function ofNobody(hang: Hang, { wanted: what, could, repair }: Nobody = anything): HangWords {
  const wait = toldWait(hang);
  const things = alternatives(hang, wait).map((each) => {
    if ('end' in each.for) return `the end of ${nameOf(hang, each.for.end)}`;
    const own =
      isWaitForAny(wait.what) && kindOf(hang, each) === 'Pipe' ? nobody['unanswered-recv']?.wanted : what;
    return `${own} ${objectOf(hang, each)}`.trim();
  });
  const inside = wait.what === '' ? '' : ` in ${wait.what}`;
  const begin = `${nameOf(hang, wait.process)} waits${inside} for ${[...new Set(things)].join(' or ')}`;
  return {
    what: `${begin}${place(wait.where)} for ever${come(hang, wait)}.`,
    who: `${others(hang, wait, could)}.`,
    repair,
  };
}

/** How many are at the barrier. */
function come(hang: Hang, wait: HangWait): string {
  if (hang.kind !== 'barrier-not-reached' || 'end' in wait.for) return '';
  const { object } = wait.for;
  const here = hang.waits.filter((each) => 'object' in each.for && each.for.object === object).length;
  const { parties } = hang.objects[object] ?? {};
  return parties === undefined ? '' : `: only ${here} of ${parties} ${here === 1 ? 'has' : 'have'} come`;
}

function others(hang: Hang, wait: HangWait, could: string): string {
  const rest = [...hang.processes.keys()].filter((process) => process !== wait.process);
  const taken = outside(hang, wait);
  const own = `${taken}${ownOthers(hang, wait)}`;
  const things = alternatives(hang, wait).map((each) => ('end' in each.for ? 'it' : objectOf(hang, each)));
  const other = taken === '' ? 'else' : 'else here';
  if (rest.length === 0) return `Nobody ${other} has ${[...new Set(things)].join(' or ')}${own}`;
  const told = rest.slice(0, MOST_NAMED).map((process) => `${nameOf(hang, process)} ${doing(hang, process)}`);
  const more = rest.length > told.length ? `; ${rest.length - told.length} more` : '';
  return `Nobody is left who could ${could}: ${told.join('; ')}${more}${own}`;
}

/** What is held by processes that take no part. */
function outside({ objects }: Hang, { for: subject }: HangWait): string {
  const taken = 'object' in subject ? (objects[subject.object]?.outside ?? 0) : 0;
  if (taken === 0) return '';
  return `; ${taken === 1 ? '1 permit is' : `${taken} permits are`} with a process that takes no part`;
}

/** What other tasks of the same process wait for. */
function ownOthers(hang: Hang, wait: HangWait): string {
  const same = alternatives(hang, wait);
  const rest = hang.waits.filter((other) => !same.includes(other) && other.process === wait.process);
  if (rest.length === 0) return '';
  return `, and what else goes on in ${nameOf(hang, wait.process)} waits too, for ${someOf(hang, rest)}`;
}

/** 'waits for the end of Ada (Cell 5, line 3)' */
export function doing(standstill: Standstill, process: number | undefined): string {
  const waits = standstill.waits.filter((wait) => wait.process === process);
  return waits.length === 0 ? 'is running' : `waits ${listed(ways(standstill, waits))}`;
}

/** 'in Queue.get() for Queue-1 (Cell 4, line 2)', 'for the end of Ada (Cell 5, line 3)' */
export function ways(
  standstill: Standstill,
  waits: readonly HangWait[],
  more: (wait: HangWait) => string = () => '',
): string[] {
  return some(waits, (wait) => `${inMethod(standstill, wait)}for ${wanted(standstill, wait)}${more(wait)}`);
}

function someOf(standstill: Standstill, waits: readonly HangWait[]): string {
  return listed(some(waits, (wait) => wanted(standstill, wait)));
}

function some(waits: readonly HangWait[], say: (wait: HangWait) => string): string[] {
  const told = [...new Set(waits.map(say))];
  const more = told.length - MOST_NAMED;
  return more > 0 ? [...told.slice(0, MOST_NAMED), `${more} more`] : told;
}

/** Which of its methods matters where an object can be waited for in several ways. */
function inMethod({ objects }: Standstill, { what, for: subject }: HangWait): string {
  // The library's own waits are no method's.
  if (what === '') return '';
  if ('end' in subject) return isWaitForAny(what) ? `in ${what} ` : '';
  return /Lock$/.test(objects[subject.object]?.kind ?? '') ? '' : `in ${what} `;
}

/** 'the end of Ada (Cell 5, line 3)' */
export function wanted(standstill: Standstill, wait: HangWait): string {
  const thing =
    'end' in wait.for ? `the end of ${nameOf(standstill, wait.for.end)}` : objectOf(standstill, wait);
  return `${thing}${place(wait.where)}`;
}

/** 'door (Cell 5, line 3)', with the line that took it */
function held(standstill: Standstill, process: number | undefined, object: number): string {
  return `${standstill.objects[object]?.name ?? 'something'}${placeTaken(standstill, process, object)}`;
}

/** ' (Cell 5, line 3)', or nothing where the line is not known */
export function placeTaken({ holds }: Standstill, process: number | undefined, object: number): string {
  return place(holds.find((hold) => hold.process === process && hold.object === object)?.where);
}

function objectOf({ objects }: Standstill, { for: subject }: HangWait): string {
  return ('object' in subject ? objects[subject.object]?.name : undefined) ?? 'something';
}

function kindOf({ objects }: Standstill, { for: subject }: HangWait): string | undefined {
  return 'object' in subject ? objects[subject.object]?.kind : undefined;
}

export function nameOf({ processes }: Standstill, process: number | undefined): string {
  return processes[process ?? -1]?.name ?? 'a process';
}

function toldWait(hang: Hang): HangWait {
  return hang.waits[hang.told] ?? { process: 0, what: 'a wait', for: { end: 0 } };
}

function place(where: string | undefined): string {
  return where === undefined ? '' : ` (${where})`;
}

export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
