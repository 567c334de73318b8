// What a rule about a common slip is asked, and what it says. A rule is a pure function.

import ts from 'typescript';
import type { Unmade } from '../../conversations/session';
import type { AboutNodes } from '../typescript/about-nodes';

/** One thing that TypeScript found wrong, and the text around it. */
export interface Slip extends AboutNodes {
  readonly code: number;
  /** TypeScript's own words. */
  readonly message: string;
  /** The outermost node at the place, and what is written there. */
  readonly node: ts.Node;
  readonly text: string;
  /** The line of the place, without the space around it. */
  readonly line: string;
  /** The line before it, where the place is the first of its line; else empty. */
  readonly lineBefore: string;
  /** The part of the line that is the statement of the place, where others stand before it; else empty. */
  readonly statement: string;
  /** Statements that import a name from a module at hand. */
  importsOf(name: string): readonly string[];
  /** What earlier cells would have bound, had they compiled. */
  readonly unmade: readonly Unmade[];
}

export interface Said {
  /** What happened and what to write instead, in place of TypeScript's words. */
  readonly sentence: string;
  /** The node where it is to be marked; without one, where TypeScript saw it. */
  readonly at?: ts.Node;
  /** The other faults of the cell only follow from this one. */
  readonly isAlone?: true;
  /** Once this is done, the name is known: what else the cell is told of it follows from this one. */
  readonly settles?: string;
}

export interface Rule {
  /** TypeScript's numbers of the messages that the slip leads to; without: errors of syntax. */
  readonly codes: readonly number[] | 'syntax';
  say(slip: Slip): Said | string | undefined;
}

/** Cannot find name 'x'; the same with "Did you mean 'y'?", and with advice on libraries and packages. */
export const UNKNOWN_NAME = [2304, 2552, 2580, 2581, 2582, 2583, 2584, 2591, 2592, 2593, 2868];

/** Property 'x' does not exist on type 'T'; the same with a guess, and with advice on libraries. */
export const NO_PROPERTY = [2339, 2550, 2551];

/** The call or `new` that the node is the function of. */
export function callOf(node: ts.Node): ts.CallExpression | ts.NewExpression | undefined {
  const { parent } = node;
  const isCall = parent && (ts.isCallExpression(parent) || ts.isNewExpression(parent));
  return isCall && parent.expression === node ? parent : undefined;
}

/** The call or `new` that the node is an argument of. */
export function callWith(node: ts.Node): ts.CallExpression | ts.NewExpression | undefined {
  const { parent } = node;
  const isCall = parent && (ts.isCallExpression(parent) || ts.isNewExpression(parent));
  return isCall && parent.arguments?.some((each) => each === node) ? parent : undefined;
}

/** The last name of what is called: `join` of `child.join(300)`. */
export function nameOfCall(call: ts.CallExpression | ts.NewExpression): string {
  const { expression } = call;
  if (ts.isPropertyAccessExpression(expression)) return expression.name.text;
  return ts.isIdentifier(expression) ? expression.text : '';
}
