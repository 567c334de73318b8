// Which of the parent's Node options reach a child.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { childExecArguments, threadExecArguments } from '../../src/start/exec-arguments';

const cases: [title: string, parent: string[], child: string[]][] = [
  [
    'options of V8 and Node are passed on',
    ['--max-old-space-size=99', '--no-warnings'],
    ['--max-old-space-size=99', '--no-warnings'],
  ],
  [
    'preloads are passed on',
    ['-r', './a.js', '--require=b', '--import', 'c'],
    ['-r', './a.js', '--require=b', '--import', 'c'],
  ],
  [
    'ts-node is left to the child',
    ['-r', 'ts-node/register', '--require', '/x/ts-node/register/index.js'],
    [],
  ],
  ['a module that only sounds like ts-node is not', ['-r', './my-ts-node.js'], ['-r', './my-ts-node.js']],
  ["the parent's program text is its own", ['-e', 'console.log(1)', '-p', '2', '--eval=3'], []],
  [
    'its debugger and test runner, too',
    ['--inspect-brk=0', '--test', '--test-name-pattern=x', '--watch'],
    [],
  ],
  [
    'values that stand by themselves go with their option',
    ['--test-reporter', 'spec', '--inspect-port', '0', '-C', 'dev', '--watch-path', './src', '-p', '-e', '1'],
    ['-C', 'dev'],
  ],
];

for (const [title, parent, child] of cases) {
  test(title, () => assert.deepEqual(childExecArguments(parent), child));
}

test('a thread gets what loads something, and nothing that is for a whole process', () => {
  const parent = [
    '--max-old-space-size=99',
    '--expose-gc',
    '-r',
    './a.js',
    '--import',
    'b',
    '--conditions=dev',
  ];
  assert.deepEqual(threadExecArguments(parent), ['-r', './a.js', '--import', 'b', '--conditions=dev']);
});
