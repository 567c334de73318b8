import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { commandLines } from '../../kernel/compiler-process/answers/command-lines';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

const isKnown = (name: string) => name === 'done';
const cases: [what: string, code: string, commands: string[], rest?: string][] = [
  ['a command alone', '!npm install lodash', ['npm install lodash'], ''],
  [
    'commands above the cell, whose lines keep their numbers',
    '\n// first\n!npm install a\n! npm install b \nimport a from "a";',
    ['npm install a', 'npm install b'],
    '\n// first\n\n\nimport a from "a";',
  ],
  ['a program in the folder', '!./run.sh now', ['./run.sh now'], ''],
  ['a negation of a name that means something', '!done', []],
  ['a negation of a call', '!done()', []],
  ['a negation of a keyword', '!true', []],
  ['a negation of an expression', '!(1 > 2)', []],
  ['what follows TypeScript', 'let a = 1\n!ls', []],
];
for (const [what, code, commands, rest = code] of cases) {
  test(`${what}: ${commands.length === 0 ? 'no command' : commands.join(', then ')}`, () => {
    assert.deepEqual(commandLines(code, isKnown), { commands, rest });
  });
}
