// The result of explore() as a person reads it. Pure.
import type { Findings } from './explorer/messages';
import type { LateWrites, Outcome, OutcomeCount } from './outcome';
import { showResult } from './results/compare';
import { shortened } from './shortened';
import { withStop } from './with-stop';

/** How many outcomes are told. */
const MOST_LINES = 8;

/** Processes that give way and try again may come into the same deadlock for ever. */
export const LEFT_OUT = 'orders in which a process gets a DeadlockError for the third time and goes on';

export type Told = Pick<
  Findings,
  'orders' | 'isComplete' | 'rungs' | 'hasDeferred' | 'hasLeftOut' | 'escapes'
> & {
  readonly outcomes: readonly OutcomeCount[];
  readonly failing: OutcomeCount | undefined;
  readonly lateWrites: LateWrites;
};

export function explorationText(found: Told): string {
  return [...headline(found), ...failingLines(found), ...notes(found)].join('\n');
}

/** '6 orders', 'every order with at most 2 forced switches: 1,234 orders' */
export function walkedWords({ orders, rungs }: Told): string {
  const counted = numbered(orders, 'order');
  return rungs.length === 1 ? counted : `${rungs.at(-1)?.name}: ${counted}`;
}

function headline(found: Told): string[] {
  const { orders, outcomes } = found;
  const walked = walkedWords(found);
  const parts = outcomes.map((count) => `${outcomeWords(count.outcome)}${countWords(count, orders)}`);
  const whole = `${walked}: ${parts.join(', ')}.`;
  if (parts.length <= 3 && whole.length <= 110) return [whole];
  const shown = outcomes.slice(0, MOST_LINES);
  const width = Math.max(...shown.map((count) => count.orders.toLocaleString('en').length));
  const told = shown.map((count) => {
    const mark = count.isRight ? ' ' : '✗';
    return `${mark} ${count.orders.toLocaleString('en').padStart(width)}  ${outcomeWords(count.outcome)}`;
  });
  const rest = othersWords(outcomes).map((words) => `  ${words}`);
  return [`${walked}, ${numbered(BigInt(outcomes.length), 'outcome')}.`, ...told, ...rest];
}

/** 'and 3 other outcomes', where there are more than are told. */
function othersWords({ length }: readonly OutcomeCount[]): string[] {
  return length > MOST_LINES ? [`and ${numbered(BigInt(length - MOST_LINES), 'other outcome')}`] : [];
}

function countWords({ orders }: OutcomeCount, all: bigint): string {
  if (orders !== all) return ` in ${orders.toLocaleString('en')} of them`;
  return all === 1n ? '' : ' in all of them';
}

export function numbered(count: bigint, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1n ? '' : 's'}`;
}

function failingLines({ failing, orders, lateWrites }: Told): string[] {
  if (failing === undefined) return [];
  const why = sentence(failing.why ?? 'It is wrong');
  if (lateWrites.outcomes.includes(failing)) {
    return [
      `Every order is right, but with writes that come out late it can go wrong: ${failing.code}. ${why}`,
    ];
  }
  const alone = orders === 1n ? 'There is only one order' : 'It goes wrong before anybody moves';
  const order = failing.code === '' ? alone : `Smallest order that goes wrong: ${failing.code}`;
  return [`${order}. ${why}`];
}

export function notes({ isComplete, rungs, lateWrites, hasDeferred, hasLeftOut, escapes }: Told): string[] {
  const lines: string[] = [];
  for (const { isWalked, name, why } of rungs) if (!isWalked) lines.push(`Not walked: ${name}, for ${why}.`);
  if (hasLeftOut) lines.push(`Not walked: ${LEFT_OUT}.`);
  if (!isComplete) lines.push('So there may be outcomes that are not told here.');
  if (hasDeferred)
    lines.push('Of a process that does the same again and again, it was left out how often it does.');
  if (lateWrites.outcomes.length > 0) {
    const told = lateWrites.outcomes.slice(0, MOST_LINES).map(({ outcome }) => outcomeWords(outcome));
    const added = [...told, ...othersWords(lateWrites.outcomes)].join(', ');
    lines.push(`On a real processor, where what is written may come out late, also: ${added}. Use a lock.`);
  }
  if (lateWrites.state === 'too many') {
    lines.push(
      'What real processors add, which let what is written come out late, was too much to be walked.',
    );
  }
  if (escapes.length > 0) lines.push(`It uses ${escapes.join(', ')}, whose order explore() does not know.`);
  return lines;
}

/** '2', "prints 'ab'", 'never ends'. */
export function outcomeWords({ returned, printed, failures, hang, isBroken }: Outcome): string {
  if (isBroken) return 'the invariant is broken';
  const parts: string[] = [];
  if (hang !== undefined) parts.push('never ends');
  for (const { name, error, code } of failures)
    parts.push(`${name} fails (${shortened(error ?? `exit code ${code}`)})`);
  if (printed.length > 0) parts.push(shortened(showResult(printed.join(''))));
  if (returned !== undefined) parts.push(shortened(showResult(returned)));
  return parts.length === 0 ? 'it ends' : parts.join(' and ');
}

export function sentence(text: string): string {
  return withStop(text.slice(0, 1).toUpperCase() + text.slice(1));
}
