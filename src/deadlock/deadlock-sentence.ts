// A deadlock in words: who holds what, who waits for it, since which line. Pure; what things are called comes
// from outside.

import type { Subject } from '../objects/subject';
import type { Deadlock, Step } from './deadlock';
import type { Report, WaitReport } from './reports';

export interface Names {
  thread(tag: number): string;
  object(subject: Extract<Subject, { type: 'object' }>): string;
}

type Reports = ReadonlyMap<number, Report>;

/** So many are named; of more, how many they are. */
const MOST_NAMED = 5;

export function deadlockSentence(deadlock: Deadlock, reports: Reports, names: Names): string {
  const { circle } = deadlock;
  if (circle.length > 1) return circleSentence(circle, reports, names);
  if (circle.length === 1) return aloneSentence(deadlock, reports, names);
  return nobodySentence(deadlock, reports, names);
}

/** Each waits for what the next one has, and the last one for what the first has. */
function circleSentence(circle: readonly Step[], reports: Reports, names: Names): string {
  const waits = circle.map((step) => reports.get(step.thread)?.waits.find(({ id }) => id === step.id));
  const parts = circle.map(({ thread }, index) => {
    const before = waits.at(index - 1)?.subject;
    const holds = before?.type === 'object' ? `holds ${taken(before, reports.get(thread), names)} and ` : '';
    return `${names.thread(thread)} ${holds}waits for ${wanted(waits[index], names)}`;
  });
  const everybody = listed(circle.map(({ thread }) => names.thread(thread)));
  const advice = waits.some((wait) => wait?.subject.type === 'end')
    ? 'Release what a process needs before you wait for its end.'
    : 'Let everybody take the locks in the same order.';
  return `${everybody} wait for each other for ever. ${parts.join('; ')}. ${advice}`;
}

/** Of a process that waits for what it has itself. */
function aloneSentence({ thread, id }: Deadlock, reports: Reports, names: Names): string {
  const report = reports.get(thread);
  const waits = (report?.waits ?? []).filter(({ subject }) => subject.type === 'object' && subject.owned);
  const wait = waits.find((each) => each.id === id);
  if (wait?.subject.type !== 'object') return `${names.thread(thread)} waits for itself for ever.`;
  const who = names.thread(thread);
  if (waits.length > 1) {
    const all = listed(waits.map((each) => wanted(each, names)));
    return `Tasks of ${who} wait for each other for ever: they wait for ${all}, and hold them. Let every task take the locks in the same order.`;
  }
  const since = taken(wait.subject, report, names);
  return `${who} waits for ${wanted(wait, names)} for ever: it holds ${since} itself, and nobody else could release it. ${wait.subject.owned?.whenOwn}`;
}

function nobodySentence({ thread, id, members }: Deadlock, reports: Reports, names: Names): string {
  const wait = reports.get(thread)?.waits.find((each) => each.id === id);
  const subject = wait?.subject;
  const thing = subject?.type === 'object' ? names.object(subject) : 'it';
  const begin = `${wait?.what ?? 'The wait'}${subject?.type === 'object' ? ` on ${thing}` : ''}${place(wait?.where)} can never end`;
  const others = [...members].filter((member) => member !== thread);
  if (others.length === 0)
    return `${begin}: nobody else has ${thing}${ownOther(reports.get(thread), id, names)}.`;
  const told = others
    .slice(0, MOST_NAMED)
    .map((other) => `${names.thread(other)} ${doing(reports.get(other), names)}`);
  const more = others.length > told.length ? `; ${others.length - told.length} more` : '';
  return `${begin}: all who could end it wait as well: ${told.join('; ')}${more}.`;
}

/** What else this thread waits for. */
function ownOther(report: Report | undefined, id: number, names: Names): string {
  const others = (report?.waits ?? []).filter((wait) => wait.id !== id && !wait.isBackground);
  if (others.length === 0) return '';
  return `, and what else goes on here waits too, for ${listed(others.slice(0, MOST_NAMED).map((wait) => wanted(wait, names)))}`;
}

function doing(report: Report | undefined, names: Names): string {
  const all = report?.waits ?? [];
  const seen = all.filter(({ isBackground }) => !isBackground);
  const told = (seen.length > 0 ? seen : all).slice(0, MOST_NAMED);
  return told.length === 0 ? 'has ended' : `waits for ${listed(told.map((wait) => wanted(wait, names)))}`;
}

function wanted(wait: WaitReport | undefined, names: Names): string {
  if (wait === undefined) return 'something';
  const { subject, where } = wait;
  if (subject.type === 'end') return `the end of ${names.thread(subject.child)}${place(where)}`;
  return `${names.object(subject)}${place(where)}`;
}

function taken(
  subject: Extract<Subject, { type: 'object' }>,
  report: Report | undefined,
  names: Names,
): string {
  const where = report?.taken.find(({ offset }) => offset === subject.offset)?.where;
  return `${names.object(subject)}${place(where)}`;
}

function place(where: string | undefined): string {
  return where === undefined ? '' : ` (${where})`;
}

function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
