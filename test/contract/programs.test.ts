// Whole programs, as a user writes them, by each start method and in each way to run them.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { getAllStartMethods } from '../../src/index';
import { runProgram, sortedLines, ways } from '../support/contract/run-program';
import { nothingLeft } from '../support/processes/nothing-left';

interface Expected {
  title: string;
  program: string;
  /** In any order. `generation` is 'Process' or, within a child, 'Process-1:'. */
  lines(prefix: string): string[];
}

const programs: Expected[] = [
  { title: 'a loop variable and an imported one', program: 'loop', lines: () => ['0', '10', '20', '30'] },
  {
    title: 'a class instance as argument',
    program: 'instance',
    lines: () => ['parent: Ada has 5', 'Ada has 7 true'],
  },
  {
    title: 'a target that starts a process',
    program: 'nested',
    lines: (prefix) => [
      `Process-${prefix}1 of ${prefix === '' ? 'MainProcess' : 'Process-1'}`,
      `Process-${prefix}1:1 of Process-${prefix}1`,
      `Process-${prefix}1:1:1 of Process-${prefix}1:1`,
      `Process-${prefix}2 of ${prefix === '' ? 'MainProcess' : 'Process-1'}`,
      `Process-${prefix}2:1 of Process-${prefix}2`,
      `Process-${prefix}2:1:1 of Process-${prefix}2:1`,
    ],
  },
  {
    title: 'a target that imports a package and a local module',
    program: 'imports',
    lines: () => ['inside PROGRAM!', 'outside PROGRAM!'],
  },
  {
    title: 'a lock and a queue, as argument and by closure',
    program: 'shared',
    lines: () => ['n = 1: 1, n = 2: 4, n = 3: 9', '[ 0, 0, 0 ]'],
  },
  {
    title: "a target exported by the program's main file",
    program: 'exported',
    lines: () => ['hello Ada', 'main'],
  },
  {
    title: 'blocking calls in one turn of the event loop',
    program: 'one-tick',
    lines: () => ['81', '0 false'],
  },
];

const methods = getAllStartMethods();
/** Where there are only threads, the way in which a program was loaded makes no difference to them. */
const tried = Object.entries(ways).slice(methods.includes('process') ? 0 : 1);

for (const method of methods) {
  for (const [way, argumentsFor] of tried) {
    // Once with types checked is enough: it takes most of the time.
    const environment = { PARLAB_START_METHOD: method, TS_NODE_TRANSPILE_ONLY: String(method === 'thread') };
    describe(`${way}, with the start method '${method}'`, () => {
      for (const { title, program, lines } of programs) {
        test(`${title} works`, async () => {
          const ended = await runProgram(argumentsFor(program), environment);
          assert.equal(ended.stderr, '');
          assert.deepEqual(
            sortedLines(ended.stdout),
            lines(way === 'from within a child' ? '1:' : '').sort(),
          );
          assert.equal(ended.code, 0);
        });
      }

      test('an error in a child is told once, with its own lines and no internals', async () => {
        const { stdout, stderr } = await runProgram(argumentsFor('error'), environment);
        assert.equal(stdout, '1\n');
        assert.match(
          stderr,
          /^Process-(1:)?1:\nRangeError: Nothing can be divided by zero\n {4}at divide \(.*error\.ts:5:/,
        );
        assert.match(stderr, /Caused by: Error: b is 0/);
        const withoutExcerpts = stderr.replace(/^ +>? +\d+ \|.*$/gm, '');
        assert.equal(withoutExcerpts.match(/divided by zero/g)?.length, 1);
        assert.doesNotMatch(stderr, /node:internal|src\/child|Node\.js v/);
      });
    });
  }
}

after(nothingLeft);
