// What cannot mean anything gets a sentence at once, and no check passes that checks nothing.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { inspect } from 'node:util';
import {
  Event,
  InvalidArgumentError,
  Lock,
  processPicture,
  RLock,
  Semaphore,
  startTrace,
  type Trace,
  timeline,
  wait,
  waitSync,
} from '../../src/index';
import * as tutorial from '../../src/tutorial';
import { nothingLeft } from '../support/processes/nothing-left';

/** As students and teachers call them who do not hear TypeScript. */
type Loose = Record<string, (...args: unknown[]) => unknown>;
const { check, exercise, hint, play, progress, question, requirement, watch } = tutorial as unknown as Loose;
const { atLeastAtOnce, exactlyOnce, mutualExclusion, prints, returns } = tutorial as unknown as Loose;

const { byOwnChild, checkOrder, checkResults, orderRiddle, ordersSeen } = tutorial as unknown as Loose;

const two = () => 2;
const ofAda: Trace = { clock: 'ms', processes: [{ id: 0, name: 'Ada' }], objects: [], events: [], lost: 0 };
const tries: [what: string, call: () => unknown, says: RegExp][] = [
  [
    'check() of nothing',
    () => check?.(undefined, [returns?.(2)]),
    /program must be a function, but it is undefined/,
  ],
  ['check() of a value', () => check?.(two(), [returns?.(2)]), /program must be a function, but it is 2/],
  [
    'no requirements',
    () => check?.(two),
    /requirements must be an array such as \[returns\(2\), noDeadlock\(\)\]/,
  ],
  ['an empty list of requirements', () => check?.(two, []), /requirements must be an array such as/],
  ['a requirement without its array', () => check?.(two, returns?.(2)), /requirements must be an array/],
  [
    'a requirement without its brackets',
    () => check?.(two, [returns]),
    /requirements\[0\] must be a requirement, such as returns\(2\), with its brackets, but it is the function returns/,
  ],
  [
    'a value in place of a requirement',
    () => check?.(two, [returns?.(2), 5]),
    /requirements\[1\] must be a requirement/,
  ],
  [
    'args that are no array',
    () => check?.(two, [returns?.(2)], { args: 5 }),
    /args must be an array, such as \[3\], but it is 5/,
  ],
  [
    'options that are none',
    () => check?.(two, [returns?.(2)], null),
    /options must be an object such as \{ args: … \}/,
  ],
  [
    'a misspelt option',
    () => check?.(two, [returns?.(2)], { arg: [5] }),
    /each name in options must be one of args, childrenMayFail, but it is 'arg'/,
  ],
  [
    'a judge that gives false',
    () => check?.(two, [requirement?.('w', () => false)]),
    /what the judge of 'w' gives must be a sentence, or undefined if all is well, but it is false/,
  ],
  [
    'a judge that promises',
    () => check?.(two, [requirement?.('w', async () => 'x')]),
    /what the judge of 'w' gives must be a sentence/,
  ],
  ['by a child of nothing', () => byOwnChild?.(), /patterns must be at least one RegExp/],
  [
    'by a child of a text',
    () => byOwnChild?.('Ada'),
    /patterns\[0\] must be a RegExp, such as .+, but it is 'Ada'/,
  ],
  [
    'an order of nothing',
    () => checkOrder?.(2, 'A', { returns: 2 }),
    /program must be a function that starts/,
  ],
  [
    'an order that returns nothing in particular',
    () => checkOrder?.(two, 'A'),
    /options must be an object such as \{ returns: … \}/,
  ],
  ['results of nothing', () => checkResults?.(undefined, [2]), /program must be a function that starts/],
  ['orders of nothing', () => ordersSeen?.(), /program must be a function that starts/],
  ['orders of no run', () => ordersSeen?.(two, { runs: 0 }), /runs must be a whole number from 1 to 1000/],
  ['a misspelt run', () => ordersSeen?.(two, { run: 5 }), /each name in options must be one of runs/],
  ['a riddle without a number', () => orderRiddle?.('one'), /seed must be a whole number from 0/],
  ['a requirement of nothing', () => requirement?.(), /words must be a text/],
  ['a requirement without a judge', () => requirement?.('w'), /judge must be a function/],
  ['exactly once of nothing', () => exactlyOnce?.(), /lines must be at least one line/],
  [
    'exactly once of an empty line',
    () => exactlyOnce?.(''),
    /lines\[0\] must be a line with something in it/,
  ],
  ['prints() of nothing', () => prints?.(), /lines must be an array of lines/],
  [
    'prints() of a text',
    () => prints?.('abc'),
    /lines must be an array of lines, such as \['Hello'\], but it is 'abc'/,
  ],
  ['at least −1 at once', () => atLeastAtOnce?.(-1), /count must be a whole number from 1, but it is -1/],
  ['at least 1.5 at once', () => atLeastAtOnce?.(1.5), /count must be a whole number from 1/],
  ["at least '3' at once", () => atLeastAtOnce?.('3'), /count must be a whole number from 1, but it is '3'/],
  [
    'a section by texts',
    () => mutualExclusion?.({ from: 'in', to: 'out' }),
    /from must be a RegExp that finds the line/,
  ],
  ['half a section', () => mutualExclusion?.({ from: /in/ }), /to must be a RegExp/],
  [
    'a section with a slip',
    () => mutualExclusion?.({ form: /in/, to: /out/ }),
    /each name in section must be one of from, to, but it is 'form'/,
  ],
  ['an exercise of nothing', () => exercise?.('x'), /parts must be an object such as \{ check: … \}/],
  [
    'an exercise without a check',
    () => exercise?.('x', {}),
    /check must be a function that judges a solution/,
  ],
  ['hints of a text', () => hint?.('x'), /of must be an exercise, or an array of texts, but it is 'x'/],
  ['hints of nothing', () => hint?.(), /of must be an exercise/],
  ["the hint 'x'", () => hint?.(['a'], 'x'), /step must be a whole number from 1, but it is 'x'/],
  ['the hint 1.5', () => hint?.(['a'], 1.5), /step must be a whole number from 1/],
  ['progress of a number', () => progress?.(5), /names\[0\] must be a text that is not empty, but it is 5/],
  ['a question of nothing', () => question?.(), /name must be a text/],
  [
    'a question that asks nothing',
    () => question?.('q'),
    /kind must be an object with right and replies, with real, with judge, or with lines and before/,
  ],
  [
    'a right letter without its reply',
    () => question?.('q', { right: 'q', replies: { a: 'A.' } }),
    /right must be one of the letters that have a reply \(a\), but it is 'q'/,
  ],
  ['a question without replies', () => question?.('q', { right: 'a' }), /right must be one of the letters/],
  [
    'a judge of words that is silent',
    () => tutorial.question('q', { judge: () => undefined as never }).answer('x'),
    /what judge gives must be true, or a sentence that helps/,
  ],
  ['watch() of a number', () => watch?.(5), /action must be a function, but it is 5/],
  ['play() of a number', () => play?.(5), /program must be a function that starts processes/],
  ['play() with no options', () => play?.(two, null), /options must be an object/],
  [
    'play() with a misspelt option',
    () => play?.(two, { expects: 2 }),
    /each name in options must be one of invariant, expect, goal, by/,
  ],
  ['play() with a goal that is none', () => play?.(two, { goal: 5 }), /goal must be a text/],
  ['play() by thinking', () => play?.(two, { by: 'thinking' }), /by must be 'clicking' or 'typing'/],
  [
    'timeline() of a number',
    () => timeline(5 as never),
    /options must be an object such as \{ from: … \}, but it is 5/,
  ],
  [
    'timeline() of half a trace',
    () => timeline({ events: [] } as never),
    /trace must be a Trace, as readTrace\(\) gives it/,
  ],
  [
    'timeline() with a misspelt option',
    () => timeline({ form: 5 } as never),
    /each name in options must be one of from, to, processes, objects, width/,
  ],
  ['timeline.live() of a number', () => timeline.live(5 as never), /options must be an object/],
  ['processPicture() of null', () => processPicture(null as never), /options must be an object/],
  ['processPicture() of half a trace', () => processPicture({ trace: {} } as never), /trace must be a Trace/],
  ...['x', Number.NaN, null].map((at): [string, () => unknown, RegExp] => [
    `processPicture() at ${at}`,
    () => processPicture({ at } as never),
    /at must be a time on the clock of the trace, a number, but it is/,
  ]),
  ...[null, 5, 'Ada', [{ n: 1 }]].map((variables): [string, () => unknown, RegExp] => [
    `processPicture() of the variables ${inspect(variables)}`,
    () => processPicture({ variables } as never),
    /variables must be an object such as \{ MainProcess: \{ n: 1 \} \}, but it is/,
  ]),
  ...[null, 5, [1]].map((Ada): [string, () => unknown, RegExp] => [
    `processPicture() of ${inspect(Ada)} as the variables of Ada`,
    () => processPicture({ trace: ofAda, variables: { Ada } } as never),
    /variables of Ada must be an object such as \{ n: 1 \}, but it is/,
  ]),
  [
    'processPicture() of the variables of nobody',
    () => processPicture({ trace: ofAda, variables: { Nobody: { n: 1 } } }),
    /each name in variables must be that of a process in the trace: Ada, but it is 'Nobody'/,
  ],
  ['startTrace() of a number', () => startTrace(5 as never), /options must be an object/],
  [
    'wait() for nothing at all',
    () => wait(undefined as never),
    /things must be an array of queues, connections and processes/,
  ],
  [
    'wait() for a number',
    () => wait([5 as never]),
    /things\[0\] must be a queue, a connection or a process, but it is 5/,
  ],
  ['waitSync() for null', () => waitSync([null as never]), /things\[0\] must be a queue/],
  [
    'a lock called 5',
    () => new Lock(5 as never),
    /options must be an object such as \{ name: … \}, but it is 5/,
  ],
  ['an event called null', () => new Event(null as never), /options must be an object/],
  ...[new Lock(), new RLock(), new Semaphore(1)].map((lock): [string, () => unknown, RegExp] => [
    `${lock.constructor.name}.with() without a body`,
    () => lock.with(undefined as never),
    /body must be a function, but it is undefined/,
  ]),
];

for (const [what, call, says] of tries) {
  test(`${what} hears: ${says.source}`, async () => {
    await assert.rejects(
      async () => call(),
      (error: Error) => {
        assert.ok(error instanceof InvalidArgumentError, String(error.stack));
        assert.match(error.message, says);
        return true;
      },
    );
  });
}

test('a section in which nobody ever was is not kept to', async () => {
  const bath = () => console.log('goes in, comes out');
  const wrong = tutorial.mutualExclusion({ from: /Goes in/, to: /comes out/ });
  const verdict = await tutorial.check(bath, [wrong]);
  assert.equal(verdict.sentence, 'in its only order nobody prints a line with /Goes in/.');
});

test('a letter that objects know by themselves is no answer', () => {
  for (const letter of ['__proto__', 'constructor', 'toString']) {
    assert.match(tutorial.answer('cores', letter).sentence, /put one of the letters a, b, c in place of/);
  }
});

after(nothingLeft);
