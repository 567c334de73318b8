// A method that the thing has by another name, and a queue that is read like an array.

import ts from 'typescript';
import { callOf, NO_PROPERTY, type Rule, type Said, type Slip } from './slip';

/** Namespace 'A' has no exported member 'x'. */
const NO_EXPORTED = 2694;
/** "Element implicitly has an 'any' type because …" */
const NO_ELEMENT = [7052, 7053];

/** Names of Python's, and of other locks and lists, with the same here; what the thing has is told. */
const sameHere: Names = {
  lock: ['acquire'],
  unlock: ['release'],
  append: ['push', 'add'],
  upper: ['toUpperCase'],
  lower: ['toLowerCase'],
  strip: ['trim'],
  lstrip: ['trimStart'],
  rstrip: ['trimEnd'],
  startswith: ['startsWith'],
  endswith: ['endsWith'],
  length: ['size'],
  size: ['length'],
};
/** An array's, where a queue is. */
const sameOfQueue: Names = {
  push: ['put'],
  append: ['put'],
  add: ['put'],
  pop: ['get'],
  shift: ['get'],
  length: ['qsize'],
  size: ['qsize'],
};
type Names = { readonly [written: string]: readonly string[] };

const OF_QUEUE = ['put', 'get', 'empty'];
const AWAITED = new Set(['acquire', 'put', 'get']);
const NOT_CALLED = new Set(['size', 'length']);

function otherName({ node, membersOf }: Slip): Said | undefined {
  const access = node.parent;
  if (!access || !ts.isPropertyAccessExpression(access) || access.name !== node) return undefined;
  const written = access.name.text;
  const members = membersOf(access.expression);
  const table = isQueue(members) ? sameOfQueue : sameHere;
  const others = Object.hasOwn(table, written) ? table[written] : undefined;
  const here = others?.find((name) => members.includes(name));
  if (here === undefined) return undefined;
  const call = callOf(access);
  const args = NOT_CALLED.has(here)
    ? ''
    : `(${call?.arguments?.map((each) => each.getText()).join(', ') ?? ''})`;
  const instead = `${AWAITED.has(here) ? 'await ' : ''}${access.expression.getText()}.${here}${args}`;
  return {
    sentence: `There is no \`${written}\` of this; what it has is \`${here}\`: write \`${instead}\`.`,
  };
}

function isQueue(members: readonly string[]): boolean {
  return OF_QUEUE.every((name) => members.includes(name));
}

/** `box[0]` */
function queueByIndex({ node, membersOf }: Slip): Said | undefined {
  let access: ts.Node = ts.isExpressionStatement(node) ? node.expression : node;
  while (access && !ts.isElementAccessExpression(access)) access = access.parent;
  if (!access || !isQueue(membersOf(access.expression))) return undefined;
  return {
    sentence: `A queue has no numbered places; it gives what is in it, one after the other: write \`await ${access.expression.getText()}.get()\`.`,
    at: access,
  };
}

/** `A.x` of `namespace A { export const x = 1 }` in an earlier cell, where a later one has another `A`. */
function namespaceOfTwoCells({ node, message, isOwnNamespace }: Slip): Said | undefined {
  const { parent } = node;
  const holder =
    parent && ts.isPropertyAccessExpression(parent)
      ? parent.expression
      : parent && ts.isQualifiedName(parent)
        ? parent.left
        : undefined;
  if (holder === undefined || holder === node || !isOwnNamespace(holder)) return undefined;
  const name = holder.getText();
  return {
    sentence:
      `${message}\n\`${name}\` is what the last cell that declares it says: namespaces of two cells do not ` +
      `become one. Write what belongs to \`${name}\` in one cell.`,
  };
}

export const memberSlips: { readonly [name: string]: Rule } = {
  'a method by another name': { codes: NO_PROPERTY, say: otherName },
  'a namespace of two cells': { codes: [...NO_PROPERTY, NO_EXPORTED], say: namespaceOfTwoCells },
  'a queue read like an array': { codes: NO_ELEMENT, say: queueByIndex },
};
