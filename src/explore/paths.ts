// Where a process stands in the tree of an explored program: '' is the main process, '2' its second child,
// '2.1' the first child of that one. It is what names it: the same in every order.
import { hash } from './hash';

export const MAIN = '';

export function childPath(parent: string, number: number): string {
  return parent === MAIN ? `${number}` : `${parent}.${number}`;
}

export function isChild(path: string, parent: string): boolean {
  return path !== MAIN && parentOf(path) === parent;
}

export function parentOf(path: string): string {
  const cut = path.lastIndexOf('.');
  return cut < 0 ? MAIN : path.slice(0, cut);
}

/** Itself, a child of it, a child of that one … */
export function isWithin(path: string, ancestor: string): boolean {
  return path === ancestor || path.startsWith(`${ancestor}.`);
}

/** A made-up one, the same in every run. */
export function pidOf(path: string): number {
  return path === MAIN ? 1000 : 1001 + (hash(path) % 8999);
}

/** A, B, C for the children of the main process, which is M; A.B for the second child of A. */
export function letterOf(path: string): string {
  let known = letterOfPath.get(path);
  if (known === undefined) {
    known = path
      .split('.')
      .map((number) => letters(Number(number)))
      .join('.');
    letterOfPath.set(path, known);
  }
  return known;
}

const letterOfPath = new Map([[MAIN, 'M']]);

// M is the main process's own, so no child gets it alone: after L comes N.
const ALPHABET = 'ABCDEFGHIJKLNOPQRSTUVWXYZ';

function letters(number: number): string {
  const letter = ALPHABET[(number - 1) % ALPHABET.length] as string;
  return number > ALPHABET.length ? letters(Math.floor((number - 1) / ALPHABET.length)) + letter : letter;
}
