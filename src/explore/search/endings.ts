// What an order comes to, as a text by which orders are counted: what is printed, line by line, then how it
// ended; or that the invariant was broken on the way, whatever came before and behind. Pure.
import type { Plain } from '../operations';

/** A process that ended with another exit code than 0. */
export interface Failure {
  /** The name of the process. */
  readonly name: string;
  /** Its exit code; −n for signal n. */
  readonly code: number;
  /** 'TypeError: nothing there (Cell 1, line 3)' */
  readonly error: string | undefined;
}

export interface Ending {
  /** 'hang': no process can go on, and not all have ended. 'endless': a process goes on and on. */
  readonly kind: 'ended' | 'hang' | 'endless';
  /** What it returned, as results/form.ts writes it. */
  readonly returned?: string | undefined;
  readonly failures: readonly Failure[];
  /** Why it never ended. */
  readonly sentence?: string;
  /** What a check remembers of the order. */
  readonly memory?: Plain;
}

export interface ReadEnding {
  readonly isBroken: boolean;
  readonly printed: readonly string[];
  readonly ending: Ending;
}

/** The key of all orders on the way of which the invariant was broken. */
export const BROKEN_KEY = '!';

export function endingKey(ending: Ending): string {
  return JSON.stringify(ending);
}

/**
 * Whether it is the key of all orders that come to the same loop without end, whatever is printed, for that
 * would have no end.
 */
function isEndlessKey(key: string): boolean {
  return key.startsWith('{"kind":"endless"');
}

/** The key of an order that prints these texts and comes to this ending. */
export function orderKey(printed: readonly string[], ending: Ending, anyOrder: boolean): string {
  const key = printed.reduceRight((behind, text) => printedKey(text, behind, anyOrder), endingKey(ending));
  return wholeKey(key, anyOrder);
}

/**
 * The key of a print and what is behind it. `anyOrder`: whole lines are put in the order of the alphabet, so
 * that their own is no matter.
 */
export function printedKey(printed: string, behind: string, anyOrder: boolean): string {
  if (behind === BROKEN_KEY || isEndlessKey(behind)) return behind;
  if (!anyOrder) return `${JSON.stringify(printed)}\n${behind}`;
  // First the line that is begun, to which more may come in front; then the others in the order of the
  // alphabet.
  const [begun = '""', ...others] = behind.split('\n');
  const ending = others.pop();
  const whole = `${printed}${ending === undefined ? '' : JSON.parse(begun)}`;
  const [line = '', ...more] = whole.split(/(?<=\n)/);
  const rest = [...more.map((each) => JSON.stringify(each)), ...others].sort();
  return [JSON.stringify(line), ...rest, ending ?? begun].join('\n');
}

/** At the beginning of an order nothing comes in front any more: the first line is one like all others. */
export function wholeKey(key: string, anyOrder: boolean): string {
  if (!anyOrder || key === BROKEN_KEY) return key;
  const lines = key.split('\n');
  const ending = lines.pop() as string;
  return [...lines.sort(), ending].join('\n');
}

export function readKey(key: string): ReadEnding {
  if (key === BROKEN_KEY) return { isBroken: true, printed: [], ending: { kind: 'ended', failures: [] } };
  const lines = key.split('\n');
  const ending = JSON.parse(lines.pop() as string) as Ending;
  return { isBroken: false, printed: lines.map((line) => JSON.parse(line) as string), ending };
}
