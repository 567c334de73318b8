// What an order comes to, as a text by which orders are counted: what is printed, line by line, then how it
// ended. '!' in front: the invariant was broken on the way. Pure.
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
  /** 'hang': nobody can go on, and not all have ended. 'endless': somebody goes on and on. */
  readonly kind: 'ended' | 'hang' | 'endless';
  readonly returned?: Plain;
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

const BROKEN = '!';

export function endingKey(ending: Ending): string {
  return JSON.stringify(ending);
}

export function brokenKey(key: string): string {
  return key.startsWith(BROKEN) ? key : BROKEN + key;
}

/**
 * The key of what is behind a print. `anyOrder`: whole lines are put in the order of the alphabet, so that
 * their own is no matter.
 */
export function printedKey(printed: string, behind: string, anyOrder: boolean): string {
  const mark = behind.startsWith(BROKEN) ? BROKEN : '';
  const key = behind.slice(mark.length);
  if (!anyOrder) return `${mark}${JSON.stringify(printed)}\n${key}`;
  // First the line that is begun, to which more may come in front; then the others in the order of the
  // alphabet.
  const [begun = '""', ...others] = key.split('\n');
  const ending = others.pop();
  const whole = `${printed}${ending === undefined ? '' : JSON.parse(begun)}`;
  const [line = '', ...more] = whole.split(/(?<=\n)/);
  const rest = [...more.map((each) => JSON.stringify(each)), ...others].sort();
  return mark + [JSON.stringify(line), ...rest, ending ?? begun].join('\n');
}

/** At the beginning of an order nothing comes in front any more: the first line is one like all others. */
export function wholeKey(key: string, anyOrder: boolean): string {
  if (!anyOrder) return key;
  const mark = key.startsWith(BROKEN) ? BROKEN : '';
  const lines = key.slice(mark.length).split('\n');
  const ending = lines.pop() as string;
  return mark + [...lines.sort(), ending].join('\n');
}

export function readKey(key: string): ReadEnding {
  const isBroken = key.startsWith(BROKEN);
  const lines = (isBroken ? key.slice(1) : key).split('\n');
  const ending = JSON.parse(lines.pop() as string) as Ending;
  return { isBroken, printed: lines.map((line) => JSON.parse(line) as string), ending };
}
