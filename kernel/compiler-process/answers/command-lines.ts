// `!npm install x` at the top of a cell, as in IPython: which lines are commands, and what is left of the
// cell without them.

import ts from 'typescript';
import type { CommandLines } from '../../conversations/cells';

const COMMAND = /^\s*!\s*([\w./@-]+)(.*)$/s;
const NAME = /^[\w$]+/;
/** Keywords that cannot stand behind a `!` in TypeScript, and that people write in a terminal. */
const OF_SHELLS = new Set(['export', 'for', 'if', 'while']);
const NOTHING = /^\s*(\/\/.*)?$/;

/**
 * Only the lines before the first one of TypeScript are looked at. `!done` is TypeScript where `done` means
 * something: `isKnown` is asked for its first name.
 */
export function commandLines(code: string, isKnown: (name: string) => boolean): CommandLines {
  const commands: string[] = [];
  const lines = code.split('\n');
  for (const [at, line] of lines.entries()) {
    const [, word = '', rest = ''] = COMMAND.exec(line) ?? [];
    const name = NAME.exec(word)?.[0] ?? '';
    if (word !== '' && !isKeyword(name) && !isKnown(name)) {
      commands.push(`${word}${rest}`.trim());
      lines[at] = '';
    } else if (!NOTHING.test(line)) break;
  }
  return { commands, rest: commands.length === 0 ? code : lines.join('\n') };
}

function isKeyword(name: string): boolean {
  if (OF_SHELLS.has(name)) return false;
  return ts.identifierToKeywordKind(ts.factory.createIdentifier(name)) !== undefined;
}
