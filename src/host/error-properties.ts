// What a program has hung on an error beside its message: a code, a detail, the answer of a server. There
// is often the reason.

import { inspect, types } from 'node:util';

/** These are shown as the title, the place and what lies below, or as the class. */
const SHOWN_APART = new Set<PropertyKey>([
  'name',
  'message',
  'stack',
  'cause',
  'errors',
  'error',
  'suppressed',
]);
const MOST_PROPERTIES = 20;
const MOST_LINES = 20;
const LONGEST_LINE = 300;
const LOOK = { depth: 2, maxArrayLength: 10, maxStringLength: 300, breakLength: 80 } as const;
const INDENT = '  ';

/**
 * The own properties of an error as lines, without running a getter of it: a few, each of them short. Never
 * throws.
 */
export function errorProperties(error: Error): string[] {
  if (types.isProxy(error)) return [];
  try {
    const keys = Reflect.ownKeys(error).filter((key) => isShown(error, key));
    if (keys.length === 0 || isSaidByMessage(error)) return [];
    const lines = linesOf(error, keys.slice(0, MOST_PROPERTIES));
    const isCut = keys.length > MOST_PROPERTIES || lines.length > MOST_LINES;
    return [...lines.slice(0, MOST_LINES), ...(isCut ? ['…'] : [])].map((line) => INDENT + shortened(line));
  } catch {
    return [];
  }
}

function linesOf(error: Error, keys: readonly PropertyKey[]): string[] {
  const shown = {};
  for (const key of keys) {
    Object.defineProperty(shown, key, Object.getOwnPropertyDescriptor(error, key) as PropertyDescriptor);
  }
  try {
    return inspect(shown, LOOK).split('\n');
  } catch {
    // If one of them throws when it is looked at, the others are told all the same.
    return keys.map((key) => `${String(key)}: ${alone(Object.getOwnPropertyDescriptor(error, key)?.value)}`);
  }
}

function alone(value: unknown): string {
  try {
    return inspect(value, { ...LOOK, customInspect: false, breakLength: Number.POSITIVE_INFINITY });
  } catch {
    return '<a value that cannot be shown>';
  }
}

function isShown(error: Error, key: PropertyKey): boolean {
  return !SHOWN_APART.has(key) && Object.getOwnPropertyDescriptor(error, key)?.enumerable === true;
}

/** Whether the message says it, as in an assertion that has no message of its own. */
function isSaidByMessage(error: Error): boolean {
  return Object.getOwnPropertyDescriptor(error, 'generatedMessage')?.value === true;
}

function shortened(line: string): string {
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line;
}
