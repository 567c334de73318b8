// Every await of a cell's code can be interrupted: what it waits for goes through the session first.

import type { AwaitExpression, ForOfStatement } from 'acorn';
import type { Rewriting } from './rewriting';

/** Returns whether the node awaits at all. */
export function rewriteAwait(node: AwaitExpression | ForOfStatement, { text }: Rewriting): boolean {
  if (node.type === 'AwaitExpression') {
    // The compiler writes one space after `await`. Around parentheses, not inside them: `await (a, b)` must
    // not become a call with two arguments.
    text.appendLeft(node.start + 'await '.length, '__interruptible(');
    text.appendLeft(node.end, ')');
    return true;
  }
  if (!node.await) return false;
  const isList = node.right.type === 'SequenceExpression';
  text.appendRight(node.right.start, isList ? '__interruptibleIterable((' : '__interruptibleIterable(');
  text.appendLeft(node.right.end, isList ? '))' : ')');
  return true;
}
