// The short code of an order: who went, step by step. 'A B B A': A, then B twice, then A. 'A2': the second of
// what A could do. 'late A B': an order in which what is written comes out late. Pure.
import { letterOf } from '../paths';
import type { Step } from './states';

/** A code, built from behind: what many orders end with, they share. */
export interface Code {
  readonly token: string;
  readonly rest: Code | undefined;
}

/** A code and what makes it small. */
export interface Sized {
  readonly switches: number;
  readonly length: number;
  /** The letter of the process that goes first; '' if none does. */
  readonly first: string;
  readonly code: Code | undefined;
}

/**
 * It stands in front of the code of an order in which what is written comes out late: its steps are others.
 */
const LATE = 'late';

/** An order as its code says it. */
export interface ReadCode {
  readonly isLate: boolean;
  readonly tokens: readonly string[];
}

export function readCode(code: string): ReadCode {
  const words = code.split(/[\s,]+/).filter((word) => word !== '');
  const isLate = words[0]?.toLowerCase() === LATE;
  return { isLate, tokens: isLate ? words.slice(1) : words };
}

export function writeCode({ isLate, tokens }: ReadCode): string {
  return (isLate ? [LATE, ...tokens] : tokens).join(' ');
}

export const NOTHING: Sized = { switches: 0, length: 0, first: '', code: undefined };

export function tokenOf({ path, choice }: Pick<Step, 'path' | 'choice'>): string {
  return choice === 0 ? letterOf(path) : `${letterOf(path)}${choice + 1}`;
}

/** The letter of a token, and which of what its process could do, from 0. */
export function readToken(token: string): { letter: string; choice: number } | undefined {
  const [, letter, number = ''] = /^([A-Z]+(?:\.[A-Z]+)*)(\d*)$/.exec(token) ?? [];
  return letter === undefined ? undefined : { letter, choice: number === '' ? 0 : Number(number) - 1 };
}

/** The code with one more step in front. */
export function before(step: Step, behind: Sized): Sized {
  return inFront(letterOf(step.path), tokenOf(step), behind);
}

export function sized(tokens: readonly string[]): Sized {
  return tokens.reduceRight(
    (behind, token) => inFront(readToken(token)?.letter ?? '', token, behind),
    NOTHING,
  );
}

function inFront(letter: string, token: string, { switches, length, first, code }: Sized): Sized {
  const isSwitch = first !== '' && first !== letter;
  return {
    switches: switches + (isSwitch ? 1 : 0),
    length: length + 1,
    first: letter,
    code: { token, rest: code },
  };
}

/**
 * Whether the one of two orders is easier to follow: it changes less often from one process to another, then
 * it is shorter.
 */
export function isSmaller(one: Sized, other: Sized): boolean {
  if (one.switches !== other.switches) return one.switches < other.switches;
  if (one.length !== other.length) return one.length < other.length;
  return textOf(one.code) < textOf(other.code);
}

function textOf(code: Code | undefined): string {
  return tokensOf(code).join(' ');
}

export function tokensOf(code: Code | undefined): readonly string[] {
  const tokens: string[] = [];
  for (let at = code; at !== undefined; at = at.rest) tokens.push(at.token);
  return tokens;
}
