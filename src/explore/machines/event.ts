// An event, as a value: how often it changed. Odd: it is set.
import type { Rules } from './rule';

const isOdd = (changes: number) => changes % 2 === 1;

export const event: Rules = {
  look: (changes: number) => ({ result: isOdd(changes) ? true : changes }),
  changed: (changes: number, { args: [began] }) =>
    isOdd(changes) || changes !== began ? { result: true } : undefined,
  set: (changes: number) => ({ value: isOdd(changes) ? changes : changes + 1 }),
  clear: (changes: number) => ({ value: isOdd(changes) ? changes + 1 : changes }),
  isSet: (changes: number) => ({ result: isOdd(changes) }),
};
