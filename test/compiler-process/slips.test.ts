// The commonest slips of beginners, and the sentence that each gets: a table with each rule, and programs that must
// get none of them.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { rules } from '../../kernel/compiler-process/answers/slips';
import { TestNotebook } from '../support/compiler/notebook';
import { nothingLeft } from '../support/processes/nothing-left';

type Slip = readonly [code: string, says: string];

/** What the slip of each rule may look like, and a part of the sentence that it gets. */
const slips: { readonly [rule: string]: readonly Slip[] } = {
  'python: listOf': [
    ['squares = [n * n for n in nums]', '`nums.map((n) => n * n)`'],
    ['const big = [n for n in nums if n > 1 and not no];', '`nums.filter((n) => n > 1 && !no)`'],
    ['const all = [f(n) for n in range(3)]', '`[...Array(3).keys()].map((n) => f(n))`'],
    ['const none = [None for n in range(3)]', '`[...Array(3).keys()].map((n) => null)`'],
  ],
  'python: process': [
    ['p = Process(target=f, args=(3,))', '`new Process({ target: f, args: [3] })`'],
    ['p = Process(target=f, args=(a, 2,)).start()', '`new Process({ target: f, args: [a, 2] })`'],
  ],
  'python: tuple': [
    ['new Process({ target: f, args=(3,) })', '`args: [3]`'],
    ['new Process({ target: f, args: (3,) })', '`args: [3]`'],
  ],
  'python: importFrom': [
    ['from parlab import Process, Lock', "`import { Process, Lock } from 'parlab';`"],
    ['from multiprocessing import Queue\nconst a = 1', "`import { Queue } from 'parlab';`"],
    [
      'from time import sleep',
      "`import { sleep } from 'parlab';`, and `await sleep(1000)` waits 1000 milliseconds",
    ],
    ['from random import random', 'no import is needed: `Math.random()`'],
  ],
  'python: import': [
    ['import parlab', "`import { Process } from 'parlab';`"],
    ['import time\nconsole.log(1)', "`import { sleep } from 'parlab';`"],
    ['import math, random', 'no import is needed: `Math.sqrt(2)`'],
    ['import numpy as np', "`import * as np from 'numpy';`"],
    ['import numpy', "`import * as numpy from 'numpy';`"],
    ['import matplotlib.pyplot as plt, time', "`import * as plt from '…';`"],
    ['import multiprocessing as mp', "`import { Process } from 'parlab';`"],
  ],
  'python: define': [
    ['def f():\n    return 1', '`function f() { … }`'],
    ['def add(a, b) -> int:\n    return a + b', '`function add(a, b) { … }`'],
    ['async def f():\n    pass', '`async function f() { … }`'],
    ['async def f(): pass', '`async function f() { … }`'],
    ['def f(a): return (a)', '`function f(a) { … }`'],
    ['def f(a=g(1)) -> int: return a', '`function f(a=g(1)) { … }`'],
    [
      "def f(a: int, b: str = 'x: int', c=None): pass",
      "`function f(a: number, b: string = 'x: int', c=null) { … }`",
    ],
    ['class A { def m(a): pass }', '`function m(a) { … }`'],
  ],
  'python: class': [
    ['class Dog:\n    pass', '`class Dog { … }`'],
    ['class Dog(Animal):\n    pass', '`class Dog extends Animal { … }`'],
  ],
  'python: countTo': [
    ['for i in range(3):\n    console.log(i)', '`for (let i = 0; i < 3; i++) { … }`'],
    ['const n = 2;\nfor k in range(n):\n  k', '`for (let k = 0; k < n; k++) { … }`'],
    ['function f() {for i in range(count): console.log(i)}', '`for (let i = 0; i < count; i++) { … }`'],
    ['knock(); for i in range(3): knock()', '`for (let i = 0; i < 3; i++) { … }`'],
    ['for i in range(3) { knock() }', '`for (let i = 0; i < 3; i++) { … }`'],
  ],
  'python: countFromTo': [
    ['for i in range(1, 4):\n    console.log(i)', '`for (let i = 1; i < 4; i++) { … }`'],
    ['for j in range(0, n):\n    j', '`for (let j = 0; j < n; j++) { … }`'],
    ['const f = () => { for j in range(1, n): j };', '`for (let j = 1; j < n; j++) { … }`'],
  ],
  'python: forEach': [
    ['for name in names:\n    console.log(name)', '`for (const name of names) { … }`'],
    ['if (true) { for name in names: console.log(name); }', '`for (const name of names) { … }`'],
    ['{ for name in names { knock() } }', '`for (const name of names) { … }`'],
    ['for i, x in enumerate(xs):\n    x', '`for (const [i, x] of enumerate(xs)) { … }`'],
  ],
  'python: main': [
    ["if __name__ == '__main__':\n    f()", 'the lines alone'],
    ['if __name__ == "__main__": f()', 'the lines alone'],
  ],
  'python: elseIf': [
    ['elif x == 2:\n    y', '`else if (x === 2) { … }`'],
    ['elif ready:\n    y', '`else if (ready) { … }`'],
    ['function f() { elif ready: y }', '`else if (ready) { … }`'],
  ],
  'python: else': [
    ['else:\n    y', '`else { … }`'],
    ['const a = 1;\nelse :\n    y', '`else { … }`'],
    ['if (true) { knock() } else: knock()', '`else { … }`'],
  ],
  'python: condition': [
    ['if x == 1 and not y:\n    z', '`if (x === 1 && !y) { … }`'],
    ['if key == None: pass', '`if (key === null) { … }`'],
    ['if key is not None and key is x:\n    z', '`if (key !== null && key === x) { … }`'],
    // What stands between quotes is no code.
    ["if x == 'Ada and None':\n    z", "`if (x === 'Ada and None') { … }`"],
    ['while True:\n    pass', '`while (true) { … }`'],
    ['function f() { while True: pass }', '`while (true) { … }`'],
    ["greet('{ no; }'); { if x == 1: y }", '`if (x === 1) { … }`'],
  ],
  'python: with': [
    ['with lock:\n    x', '`await lock.with(async () => { … });`'],
    ['with counter.lock:\n    x', '`await counter.lock.with(async () => { … });`'],
    ['{ with mouth: knock() }', '`await mouth.with(async () => { … });`'],
  ],
  'python: try': [
    ['try:\n    x', '`try { … } catch (error) { … }`'],
    ['const a = 1;\ntry :\n  x', '`try { … }'],
    ['function f() { try: x }', '`try { … }'],
  ],
  'python: except': [
    ['except ValueError as e:\n    x', '`catch (error) { … }`'],
    ['try_it();\nexcept (A, B) :\n    x', '`catch (error) { … }`'],
  ],
  'python: raise': [
    ["raise ValueError('no')", "`throw new Error('no');`"],
    ['const a = 1;\nraise Exception("x")', '`throw new Error("x");`'],
    ["function f() { raise ValueError('no') }", "`throw new Error('no');`"],
  ],
  'python: lambda': [
    ['const f = lambda x: x + 1', '`(x) => x + 1`'],
    ['xs.map(lambda a, b: a * b)', '`(a, b) => a * b`'],
  ],
  'python: words': [
    ['const b = x and y', '`x && y`'],
    ['const b = x or y', '`x || y`'],
    ['not True and x', '`!true && x`'],
    ['const b = x and not None', '`x && !null`'],
    ['const b = not x or y;', '`!x || y`'],
  ],
  'python: not': [
    ['const b = not ready', '`!ready`'],
    ['f(not done)', '`!done`'],
    ['const b = not True', '`!true`'],
    ['if (not False) { }', '`!false`'],
  ],
  'python: format': [
    ["console.log(f'Hello {name}')", `\`Hello \${name}\``],
    ['const t = f"{a} and {b}"', `\`\${a} and \${b}\``],
    // A backtick in the text is no end of it; and those around it are no quotes of the sentence.
    ['const t = f"use `{a}`"', `\`use \\\`\${a}\\\`\`, with the backticks: they belong to it`],
  ],
  'python: print': [
    ["print 'hi'", "`console.log('hi')`"],
    ['print "a", 2', '`console.log("a", 2)`'],
    ['function f() { print "a"; knock() }', '`console.log("a")`'],
  ],
  'python: comment': [
    ['# greet everybody', '`// greet everybody`'],
    ['const a = 1 # one', '`// one`'],
  ],
  "Python's function": [
    ["print('hi')", "`console.log('hi')`"],
    ['const n = len([1, 2]);', '`[1, 2].length`'],
    ['const q = new Queue<number>();\nlen(q)', '`q.qsize()`'],
    ['len(new SimpleQueue())', '`new SimpleQueue().empty()`: it knows whether'],
    ['len(new Map())', '`new Map().size`'],
    ['for (const i of range(3)) i;', '`[...Array(3).keys()]`'],
    ['sleep(2)', "`await sleep(2000)`, in milliseconds, after `import { sleep } from 'parlab';`"],
    ['exit()', 'a cell ends by itself'],
    ["print(None, 'None')", "`console.log(null, 'None')`"],
    ['str(True)', '`String(true)`'],
  ],
  "Python's word": [
    ['const yes = True', '`true`'],
    ['let nothing = None;', '`null`'],
    ['new Queue<null>().put(None)', '`null`'],
    ['let n: int = 5', "`int` is Python's. Here the type is `number`"],
    ['let n: float = 5', 'the type is `number`'],
    ["let n: str = 'a'", 'the type is `string`'],
    ['let n: bool = true', 'the type is `boolean`'],
    ['let n: list = []', 'the type is an array, such as `number[]` or `string[]`'],
    ['let n: list[int] = []', 'the type is `number[]`'],
    ['let n: dict = {}', 'the type is like `Map<string, number>`'],
    ['const f = (n: int) => n;', 'the type is `number`'],
    ['new Queue<str>()', 'the type is `string`'],
    ['let n: None = null', 'the type is `null`'],
    ['function f(): None {}', 'the type is `void`'],
    ['count: int = 5', '`let count: number = 5`'],
    ['xs: list = [None]', '`let xs = [null]`'],
  ],
  "Python's module": [
    ['time.sleep(1)', '`await sleep(1000)`, in milliseconds'],
    ['const pid = os.getpid()', '`process.pid`'],
  ],
  'a default that a module does not have': [
    ["import x, { def } from './mod';", "./mod has no default export: write `import { def } from './mod'`."],
    ["import d, * as y from './mod';", "write `import * as y from './mod'`"],
    ["import d from './mod';", "write `import { … } from './mod'`, with names that it exports"],
    ["import def, { other as it } from './mod';", "write `import { def, other as it } from './mod'`"],
    ["import Lock2, { Queue } from 'parlab';", 'parlab has no default export: write `import { Queue } from'],
    ["import Lock, { Queue } from 'parlab';", "write `import { Lock, Queue } from 'parlab'`"],
  ],
  'a method by another name': [
    ['const lk = new Lock();\nlk.lock()', 'what it has is `acquire`: write `await lk.acquire()`'],
    ["'a'.upper()", "write `'a'.toUpperCase()`"],
    ['[1].append(2)', 'write `[1].push(2)`'],
    ["new Queue<string>().push('a')", "write `await new Queue<string>().put('a')`"],
    ['const n = new Queue().length', 'write `new Queue().qsize()`'],
  ],
  'a namespace of two cells': [
    [
      'Shapes.square',
      'namespaces of two cells do not become one. Write what belongs to `Shapes` in one cell',
    ],
    ['let s: Shapes.Square', 'namespaces of two cells do not become one'],
  ],
  'a queue read like an array': [
    ['const box = new Queue<string>();\nbox[0]', 'write `await box.get()`'],
    ['const box = new SimpleQueue<string>();\nconst first = box[0];', 'write `await box.get()`'],
  ],
  'a target by another name': [
    ['new Process({ function: knock })', 'stands at `target`: write `target: knock`'],
    ['new Process({ func: greet, args: ["Ada"] })', 'write `target: greet`'],
  ],
  'an answer without a letter': [
    ["answer('cores')", "Write `answer('cores', 'b')` if you mean b"],
    ['answer()', "Write `answer('…', 'b')`"],
  ],
  'a call as target': [
    ['new Process({ target: knock() });', 'write `target: knock`'],
    ["new Process({ target: greet('Ada') });", "write `target: greet, args: ['Ada']`"],
  ],
  'args without an array': [
    ["new Process({ target: greet, args: 'Mina' });", "write `args: ['Mina']`"],
    ['const name = "Mina";\nnew Process({ target: greet, args: name });', 'write `args: [name]`'],
  ],
  'a class without new': [
    [
      "p = Process(target=knock, args=['x'])",
      "write `const p = new Process({ target: knock, args: ['x'] })`",
    ],
    ['const q = Queue();', 'write `new Queue()`'],
    ['q = Queue(3)', 'write `const q = new Queue(3)`'],
  ],
  'an option as a plain value': [
    ['new Process(knock)', 'write `new Process({ target: knock })`'],
    ['new Process(() => {})', 'write `new Process({ target: () => {} })`'],
    ['new Process(knock())', 'write `new Process({ target: knock })`'],
    ['new Pool(2)', 'write `new Pool({ processes: 2 })`'],
    ['const count = 3;\nnew Pool(count)', 'write `new Pool({ processes: count })`'],
    ['const count = 3;\nnew Pool(count * 2)', 'write `new Pool({ processes: count * 2 })`'],
    ['let ms = 3;\nawait new Lock().acquire(ms)', 'acquire({ timeout: ms })`'],
    ["const door = 'door';\nnew Lock(door)", 'write `new Lock({ name: door })`'],
    ['await new Process().join(300)', '({ timeout: 300 })`, in milliseconds'],
    ['await new Lock().acquire(100)', '({ timeout: 100 })`'],
    ["new Lock('door')", "write `new Lock({ name: 'door' })`"],
  ],
  'too few arguments': [
    [
      'await checkFarm()',
      '`checkFarm` is called without `solution`: write `checkFarm(solution)`, with the name of your function',
    ],
    [
      "checkGame('seat')",
      "write `checkGame('seat', program)`, with the name of your function in place of `program`",
    ],
    ['greet()', 'write `greet(name)`, with your value in place of `name`'],
    ['predicted()', 'write `predicted(guess, real)`, with your values in place of `guess` and `real`'],
  ],
  'an option that is misspelt': [
    ['new Process({ taget: greet })', 'There is no `taget` here: did you mean `target`?'],
    ["new Process({ target: greet, arg: ['Ada'] })", 'did you mean `args`?'],
    ['new Pool({ proceses: 2 })', 'did you mean `processes`?'],
    ['await new Lock().acquire({ timeot: 5 })', 'did you mean `timeout`?'],
  ],
  'a question that there is not': [
    ["answer('corez', 'b')", "There is no question 'corez'. Leave the first text"],
    ["answer('q', 3)", "There is no question 'q'"],
  ],
  'a call in place of a function': [
    ["await checkDigging(digHoles(['A', 'B']));", 'write `checkDigging(digHoles)`'],
    ["await checkDigging(await digHoles(['A', 'B']));", 'write `checkDigging(digHoles)`'],
    ['await checkFarm(six());', 'write `checkFarm(six)`'],
    ["await checkGame('seat', six());", "write `checkGame('seat', six)`"],
    ['await explore(digHoles([]));', 'write `explore(digHoles)`'],
    ['await play(six(), { expect: 6 });', 'write `play(six, { expect: 6 })`'],
  ],
  'a number for a text': [
    ["answer('cores', true)", "between quotes: write `answer('cores', 'b')` if you mean b"],
    ["answer('cores', 3)", "between quotes: write `answer('cores', 'b')` if you mean b"],
    ['greet(20)', "`20` is a number, and here a text is asked for: write `'20'`"],
    ['const n = 3;\ngreet(n)', 'write `String(n)`'],
    ['new Process({ target: greet, name: 7 })', "write `'7'`"],
    ['let word: string = 12;', "write `'12'`"],
    ['new Process({ target: greet, args: [7] })', "write `'7'`"],
  ],
  'a text for a number': [
    ["wait('20')", "`'20'` is a text, because of its quotes, and here a number is asked for: write `20`"],
    ["new Pool({ processes: '2' })", 'write `2`'],
    ["new Process({ target: wait, args: ['20'] })", 'write `20`'],
    ["const twenty: number = '20';", 'write `20`'],
    ["let twenty = '20';\nwait(twenty)", 'write `Number(twenty)`'],
  ],
  'a text for a function': [
    ["new Process({ target: 'greet', args: [] })", 'write `target: greet`, without quotes'],
    ["new Process({ target: 'greet()' })", 'write `target: greet`, without quotes'],
  ],
  'args that are missing': [
    ['new Process({ target: greet })', 'write `args: [name]`, with your values in it'],
    ['new Process({ target: (who: string, count: number) => {} })', 'write `args: [who, count]`'],
    ['new Process({ target: (all: [string, number]) => {} })', 'write `args: […]`'],
  ],
  'an array for a text': [
    ["await checkOrder(six, ['A', 'B'], { returns: 1 })", "write `'A B'`, without brackets"],
    ["answer('cores', ['b'])", "write `'b'`, without brackets"],
    ["const order = ['A', 'B'];\nawait checkOrder(six, order, { returns: 1 })", '`order` is an array'],
  ],
  'one value for an array': [
    ["await checkResults(six, '10, 20')", 'write `[10, 20]`'],
    ['await checkResults(six, 20)', 'write `[20]`'],
    ["await digHoles('A, B')", "write `['A', 'B']`"],
  ],
  'curly quotes': [
    ['console.log(“hi”)', '`console.log("hi")`'],
    ['const name = ‘Ada’;', "`const name = 'Ada';`"],
    ['const n = 3 – 1;', '`const n = 3 - 1;`'],
  ],
  'await without async': [
    ['function f() { await new Lock().acquire(); }', '`async function f() { … }`'],
    ['const g = (n: number) => { await n; }', '`async (n: number) => …`'],
    ['class A { m() { await 1; } }', '`async m() { … }`'],
  ],
  'a parameter without a type': [
    ['function squares(count) { return count; }', '`count: number`'],
    ['const f = (name) => name;', '`name: string`'],
  ],
  'a queue without a type': [
    ['const q = new Queue();\nconst word = await q.get();\nword.length', '`new Queue<string>()`'],
    ['const q = new Queue();\n(await q.get()).length', '`new Queue<string>()`'],
    ['const q = new JoinableQueue();\nconst n: number = q.getSync();', '`new JoinableQueue<string>()`'],
  ],
  'using a promise': [
    [
      'const mouth = new Lock();\nusing turn = mouth.acquire();',
      'write `using turn = await mouth.acquire()`, or `using turn = mouth.acquireSync()`',
    ],
    ['{ await using turn = new Lock().acquire(); }', 'or `using turn = new Lock().acquireSync()`'],
  ],
  'a promise without await': [
    ['const q = new Queue<number>();\nconst n: number = q.get();', 'Write `await q.get()`'],
    ['const q = new Queue<number>();\nq.get() + 1;', 'Is an `await` missing?'],
    ['const q = new Queue<number>();\nlet sum = 0; sum += q.get();', 'Write `await q.get()`'],
    ['const q = new Queue<string>();\nq.get().toUpperCase();', 'Write `(await q.get())`'],
    ['const q = new Queue<string>();\ngreet(q.get());', 'Write `await q.get()`'],
    ['const q = new Queue<string>();\nconst name = q.get(); greet(name);', 'Write `await name`'],
    ['const q = new Queue<string>();\nconst [a] = q.get();', 'Write `await q.get()`'],
    ['const q = new Queue<number>();\nq.get() * 2;', 'Write `await q.get()`'],
    ['const q = new Queue<number>();\nif (q.get() === 3) knock();', 'Write `await q.get()`'],
    ['async function two() { return 2; }\nconst n: number = two();', 'Write `await two()`'],
  ],
  'a text without quotes': [
    ["answer('cores', b)", "write `'b'`"],
    ["answer(cores, 'b')", "write `'cores'`"],
    ['checkGame(seat, six)', "write `'seat'`"],
    ['const wordGuess = late;', "write `'late'`. If `late` is a variable: no cell that makes it has run"],
  ],
  'a name without its import': [
    ['new Barrier(2)', "import { Barrier } from 'parlab';"],
    ['showLife(1)', "import { showLife } from 'parlab/tutorial';"],
    ["readFileSync('x')", "import { readFileSync } from 'node:fs';"],
    // Python's is not awaited, and counts in seconds.
    [
      'await sleep(1)',
      "name 'sleep'.\nTo use the one of a module, write first: import { sleep } from 'parlab'",
    ],
    ['const nap = () => sleep(300);', "write first: import { sleep } from 'parlab'"],
  ],
  'a name without let': [
    ['count = 5', 'write `let count = 5`'],
    ["name = 'Ada';", "write `let name = 'Ada'`"],
    ['x = None', 'write `let x = null`'],
    ["x = [None, 'None']", "write `let x = [null, 'None']`"],
    ["for (word of ['a']) { console.log(word) }", "write `for (const word of ['a'])`"],
    ["for (word in ['a']) word;", "write `for (const word of ['a'])`"],
    ['for (k in {}) k;', 'write `for (const k in {})`'],
    ['for await (word of [1]) word;', 'write `for await (const word of [1])`'],
    ['for (name of [1]) name;', 'write `for (const name of [1])`'],
  ],
  'a cell that did not compile': [
    ['dig(1)', '`dig` was not made: Cell 5 did not compile (line 2). Read the red box'],
    ['await lunch()', '`lunch` was not made: Cell 6 did not compile. Read'],
    // Like `knock`, but it is known what is meant.
    ['knocks()', '`knocks` was not made: Cell 6'],
    ['const lateGuess = guessed;', '`guessed` was not made: Cell 7'],
  ],
  'a cell that has not run': [
    ['greetEverybody()', 'Run All Above'],
    ['time', 'Run All Above'],
    ['table', 'Run All Above'],
    [
      'predicted(leftGuess, 2)',
      "name 'leftGuess'.\nNo cell that makes it has run since the start: run that cell first",
    ],
    ['predicted(2, left)', 'Run All Above'],
    // TypeScript's guess is another one's.
    [
      "const lostGuess = '?';\npredicted(lastGuess, 2)",
      'If not: no cell that makes it has run since the start',
    ],
    ["answer('cores', myLetter)", 'Run All Above'],
    ['const numbers = all;', "Run All Above).\nIf it is meant as a text, put it between quotes: `'all'`."],
    ['let isFree: unknown = all;', 'put it between quotes'],
    ['greet(Mina)', "put it between quotes: `'Mina'`"],
    ['new Process({ target: greet, args: [Mina] })', "put it between quotes: `'Mina'`"],
    ["const child1 = '?';\nconst caller = child2;", "put it between quotes: `'child2'`"],
  ],
};

/** What earlier cells tried to make. */
const unmade = [
  { name: 'dig', cell: 'Cell 5', line: 2 },
  { name: 'lunch', cell: 'Cell 6' },
  { name: 'knocks', cell: 'Cell 6' },
  { name: 'guessed', cell: 'Cell 7', line: 1 },
];

const setUp = `import { explore, JoinableQueue, Lock, Pool, Process, Queue, SimpleQueue } from 'parlab';
import { answer, checkDigging, checkFarm, checkGame, checkOrder, checkResults, play, predicted } from 'parlab/tutorial';
async function digHoles(workers: string[]) {}
const six = () => 6;
function wait(ms: number): void {}
function knock(): void {}
namespace Shapes { export const circle = 1; }
function greet(name: string): void {}`;

let notebook: TestNotebook;
before(() => {
  notebook = new TestNotebook({ 'mod.ts': 'export const def = 1, other = 2;' });
  notebook.convert(setUp);
});
after(() => notebook.close());

describe('A slip gets its own sentence:', () => {
  for (const [rule, rows] of Object.entries(slips)) {
    test(rule, () => {
      assert.ok(rows.length >= 2, 'two ways to slip are the least');
      for (const [code, says] of rows) {
        const found = notebook.refuse(code, unmade);
        const said = found.map(({ message }) => message).join('\n');
        assert.ok(said.includes(says), `${code}\nsays: ${said}\nand not: ${says}`);
      }
    });
  }

  test('each rule is in this table.', () => {
    assert.deepEqual(Object.keys(slips).sort(), Object.keys(rules).sort());
  });

  test('what only follows from it is not told.', () => {
    for (const code of ['def f(x):\n    print(x)\n\nf(1)', 'console.log(“a”, “b”)\nconst c = ‘d’;']) {
      assert.equal(notebook.refuse(code).length, 1, code);
    }
    for (const loop of ['for (i of [1]) { i; }', 'for (i = 0; i < 3; i++) i;', 'i = 1;\ni++;']) {
      assert.deepEqual(
        notebook.refuse(`${loop}\nmissing;`).map(({ line }) => line),
        [1, loop.split('\n').length + 1],
        loop,
      );
    }
  });

  test('of quotes and of what is to be run, only what fits the place is told.', () => {
    const wrong: { readonly [code: string]: RegExp } = {
      'predicted(leftGuess, left)': /quotes/,
      "answer('cores', myLetter) + total": /text stands/,
      'console.log(total)': /quotes/,
      'const n: number = total;': /quotes/,
      'wait(total)': /quotes/,
      'const pid = child.pid;': /quotes/,
      "answer('cores', b)": /Run All/,
      'import time': /backticks/,
      'import os': /backticks/,
      'await sleep(1000)': /Python/,
    };
    for (const [code, not] of Object.entries(wrong)) {
      for (const { message } of notebook.refuse(code)) assert.doesNotMatch(message, not, code);
    }
  });

  test('the mark is on what is to be changed.', () => {
    const [found] = notebook.refuse('new Process({ target: knock() });');
    assert.equal(found?.excerpt, '1 | new Process({ target: knock() });\n  |                       ^^^^^^^');
  });

  test('what a namespace of two cells lacks is told, and what it has is there.', () => {
    notebook.convert('namespace Twice { export const x = 1; export interface X { a: 1 } }');
    notebook.convert('namespace Twice { export const y = 2; }');
    notebook.convert('Twice.y.toFixed();');
    for (const code of ['Twice.x', 'let x: Twice.X']) {
      assert.match(
        notebook.refuse(code)[0]?.message ?? '',
        /`Twice` is what the last cell .* in one cell\.$/s,
      );
    }
    assert.doesNotMatch(notebook.refuse('Math.twice')[0]?.message ?? '', /two cells/);
    assert.doesNotMatch(notebook.refuse('let n: NodeJS.Twice')[0]?.message ?? '', /two cells/);
    assert.doesNotMatch(
      notebook.refuse("import * as own from './mod'; own.twice")[0]?.message ?? '',
      /two cells/,
    );
  });

  test('an import without braces is refused where it stands.', () => {
    for (const [name, module] of [
      ['Process', 'parlab'],
      ['showLife', 'parlab/tutorial'],
    ]) {
      const [found] = notebook.refuse(`import ${name} from '${module}';`);
      assert.equal(
        found?.message,
        `Names of ${module} are imported in braces: write \`import { ${name} } from '${module}'\`.`,
      );
    }
  });
});

describe('No such sentence is said of', () => {
  const own =
    /Python|curly|braces|Run All Above|between quotes|is an array|calls it now|asked for|no question|two cells|is new: write|without a type|`await` missing|made with `new`|what it has is|stands at `target`|Your answer|gives back/;

  const right = [
    "import * as parlab from 'parlab';",
    "import { join } from 'node:path'; join('a', 'b');",
    "import fs from 'node:fs'; fs.existsSync('x');",
    "const text = 'for x in range(3): # “quoted” and not – lambda x: 1';",
    '// for i in range(3):\nconst a = 1;',
    `const half = \`\${1} and \${2}\`;`,
    'let i = 0; while (i < 3) { i++; }',
    'label: for (const x of [1]) { if (x) break label; }',
    "new Process({ target: greet, args: ['Ada'] });",
    'const words = new Queue<string>(); words.qsize();',
    'async function waits() { await new Lock().acquire(); }',
    'new Pool({ processes: 1 });',
    'const print = (text: string) => console.log(text); print("hi");',
    'const lateGuess = "late";',
  ];
  for (const code of right) {
    test(`the right program ${JSON.stringify(code)}`, () => {
      const converted = notebook.cells.convert(code, { cell: 1 });
      assert.ok(converted.ok, JSON.stringify(converted));
      assert.deepEqual(converted.warnings, []);
    });
  }

  const otherwise = [
    "const n: number = 'text';",
    'const o = { a: 1 }; o.b;',
    'Math.max("a");',
    'const f = (n: number) => n; f();',
    'let x = ;',
    'if (true { }',
    "const s = 'open",
    'new Map<string>();',
    "console.log('salt and pepper'",
    'let x = ; // this and that',
    'if (ok ? 1 : 2 {',
    'class B { #count = ; }',
    "f('C# and # Java'",
    'class A { private x = 1 } new A().x;',
    "import { Nothing } from 'parlab';",
    "'a'.lenght",
    'new Map().pop()',
    'const answer = (one: number) => one; answer();',
    'new Process({ target: knock, run: knock })',
    'const target = (n: number) => n; target("x");',
    'const p: Promise<number> = 3;',
    'const f = async (n: number) => n; await f("x");',
    'const o = { try: 1, b c };',
    'using word = new Queue<string>().get();',
    "const book = ['the sea', the ship', 'sea and sky', 'to be or not to be'];",
    "const two = ['this, 'that and not it'];",
    'interface A { else: string; b c d }',
    'const o = { a: { b: 1 }; try: 2 };',
    'const p: { alpha: number } = { alpha: 1, zeta: 2 };',
  ];
  for (const code of otherwise) {
    test(`another mistake, ${JSON.stringify(code)}`, () => {
      for (const { message } of notebook.refuse(code)) assert.doesNotMatch(message, own);
    });
  }
});

describe('A promise that is used as a value', () => {
  const warningsOf = (code: string) => {
    const converted = notebook.cells.convert(`const q = new Queue<string>();\n${code}`, { cell: 1 });
    assert.ok(converted.ok, JSON.stringify(converted));
    return converted.warnings.map(({ line, column, message }) => `${line}:${column} ${message}`);
  };

  test('is warned of, in a variable and without one.', () => {
    const says = (name: string) =>
      `\`${name}\` is a promise, not what it becomes: write \`${name} = await q.get()\`.`;
    assert.deepEqual(warningsOf("const name = q.get();\nconsole.log('got', name);"), [
      `2:14 ${says('name')}`,
    ]);
    assert.deepEqual(warningsOf(`function f() { let it = q.get(); return \`\${it}!\`; }`), [
      `2:25 ${says('it')}`,
    ]);
    const direct = 'This shows a promise, not what it becomes: write `await q.get()`.';
    assert.deepEqual(warningsOf('console.log(q.get());'), [`2:13 ${direct}`]);
    assert.deepEqual(warningsOf(`const t = \`\${q.get()}\`;`), [`2:14 ${direct}`]);
  });

  const fine = [
    'const name = q.get(); console.log(await name);',
    'const name = q.get(); await q.put("x"); const text = await name; console.log(name, text);',
    'const name = q.get();',
    'const both = [q.get(), q.get()]; console.log(await Promise.all(both));',
    'const name = q.get(); name.then((text) => console.log(text));',
    `const name = await q.get(); console.log(name, \`\${name}\`);`,
    'function later() { const name = q.get(); console.log("soon"); return name; }',
    'const name = q.get(); { const name = "Ada"; console.log(name); }',
    'console.log(q.qsize());',
  ];
  for (const code of fine)
    test(`is fine where it is awaited later: ${code}`, () => assert.deepEqual(warningsOf(code), []));
});

after(nothingLeft);
