// A check judges what stands in the notebook: what did not compile, or threw, is told, by the number of its cell.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { codeCell, runNotebook } from '../support/notebooks/run-notebook';
import { nothingLeft } from '../support/processes/nothing-left';

const CHECK = 'await checkParentFirst(dinner);';
const RIGHT = `function dinner() {
  console.log('I cook');
  new Process({ target: eat }).start();
}`;
const IMPORTS = `import { Process } from 'parlab';
import { answer, checkParentFirst, checkSquares, predicted } from 'parlab/tutorial';
function eat() { console.log('I eat'); }`;

/** What is run, one cell after the other, and what it must show. `fails`: the cell is meant to. */
const steps: { code: string; fails?: true; shows: RegExp }[] = [
  { code: IMPORTS, shows: /^$/ },
  { code: RIGHT, shows: /^$/ },
  { code: CHECK, shows: /✔ Yes.*I looked at `dinner` as Cell 2 made it/s },
  // It does not compile.
  {
    code: "function dinner() { print('I cook'); Process(target=eat).start(); }",
    fails: true,
    shows: /print/,
  },
  { code: CHECK, shows: /➜ Not yet: your newest `dinner` was not made: Cell 4 ended with an error/ },
  // Mended, and named otherwise: the check says what it judges.
  { code: RIGHT, shows: /^$/ },
  { code: CHECK, shows: /✔ Yes.*as Cell 6 made it/s },
  { code: RIGHT.replace('dinner', 'dinner2'), shows: /^$/ },
  { code: CHECK, shows: /✔ Yes.*as Cell 6 made it/s },
  // What it calls was not made, neither by a cell that does not compile …
  { code: 'function eat( {', fails: true, shows: /expected/ },
  { code: CHECK, shows: /➜ Not yet: your newest `eat` was not made: Cell 10/ },
  { code: "var eat = () => console.log('I eat');", shows: /^$/ },
  { code: CHECK, shows: /✔ Yes.*as Cell 6 made it/s },
  // … nor by one that throws on the way.
  {
    code: "JSON.parse('{'); var dinner: () => void = () => {};",
    fails: true,
    shows: /SyntaxError/,
  },
  { code: 'const square = (i: number) => console.log(i * i);', shows: /^$/ },
  {
    code: "JSON.parse('{');\nconst squares = (count: number) => { square(count); };",
    fails: true,
    shows: /SyntaxError/,
  },
  {
    code: `const squares = (count: number) => {
  for (let i = 0; i < count; i++) new Process({ target: square, args: [i] }).start();
};`,
    shows: /^$/,
  },
  { code: 'await checkSquares(squares);', shows: /✔ Yes.*`squares` as Cell 17 made it/s },
  { code: "const squares = (JSON.parse('{'), () => {});", fails: true, shows: /SyntaxError/ },
  { code: 'await checkSquares(squares);', shows: /➜ Not yet: your newest `squares` was not made: Cell 19/ },
  // What runs to its error all the same made it: that is what is judged.
  { code: "function squares(count: number) {}\nJSON.parse('{');", fails: true, shows: /SyntaxError/ },
  {
    code: 'await checkSquares(squares);',
    shows:
      /➜ Not yet: I called it.*`squares` as Cell 21 made it\. But the cell of `squares`, Cell 21, ended with an error in line 2: what/s,
  },
  // Neither is it hidden where the function is right, and a helper is the one that stands above an error.
  {
    code: "function square(i: number) { console.log(i * i); }\n\nJSON.parse('{');",
    fails: true,
    shows: /SyntaxError/,
  },
  {
    code: `const squares = (count: number) => {
  for (let i = 0; i < count; i++) new Process({ target: square, args: [i] }).start();
};`,
    shows: /^$/,
  },
  {
    code: 'await checkSquares(squares);',
    shows:
      /✔ Yes.*as Cell 24 made it\. But the cell of `square`, Cell 23, ended with an error in line 3: what/s,
  },
  { code: 'const square = (i: number) => console.log(i * i);', shows: /^$/ },
  { code: 'await checkSquares(squares);', shows: /✔ Yes.*as Cell 24 made it\.\)$/s },
  // A guess that was not made is no guess, and nothing is given away before there is one.
  { code: "const guess = '?';", shows: /^$/ },
  {
    code: 'const ten = 10; predicted(guess, ten);',
    shows: /^➜ Not yet: write your guess[^0]*`guess` is made \(Cell 28\)[^0]*$/,
  },
  { code: 'const guess = elven;', fails: true, shows: /elven/ },
  { code: 'predicted(guess, ten);', shows: /➜ Not yet: your newest `guess` was not made: Cell 30/ },
  { code: "const guess = 'Ten';", shows: /^$/ },
  { code: 'predicted(guess, ten);', shows: /✔ Yes: you said 'Ten'/ },
  {
    code: "predicted('soon', 'late', ['early', 'late']);",
    shows: /Not yet: write 'early' or 'late' in place of 'soon'/,
  },
  // A line of Python that would import a name, and does not compile, takes no name away.
  { code: RIGHT, shows: /^$/ },
  { code: 'from parlab import Process', fails: true, shows: /./ },
  { code: CHECK, shows: /✔ Yes/ },
  // What was never made, since its first cell does not compile, or throws.
  { code: 'function lunch() {\n  console.log(;\n}', fails: true, shows: /expected/ },
  {
    code: 'await checkParentFirst(lunch);',
    fails: true,
    shows: /`lunch` was not made: Cell 38 did not compile \(line 2\)\. Read the red box/,
  },
  { code: RIGHT.replace('dinner', 'lunch'), shows: /^$/ },
  { code: 'await checkParentFirst(lunch);', shows: /✔ Yes.*`lunch` as Cell 40 made it/s },
  { code: "JSON.parse('{');\nconst snack = () => {};", fails: true, shows: /SyntaxError/ },
  { code: 'await checkParentFirst(snack);', shows: /➜ Not yet: your newest `snack` was not made: Cell 42/ },
  // A definition in Python is one, too.
  { code: 'def lunch():\n    for i in range(3): pass', fails: true, shows: /./ },
  { code: 'await checkParentFirst(lunch);', shows: /➜ Not yet: your newest `lunch` was not made: Cell 44/ },
  { code: 'async def lunch(name, count):\n  pass', fails: true, shows: /./ },
  { code: 'await checkParentFirst(lunch);', shows: /➜ Not yet: your newest `lunch` was not made: Cell 46/ },
  { code: RIGHT.replace('dinner', 'lunch'), shows: /^$/ },
  { code: 'await checkParentFirst(lunch);', shows: /✔ Yes.*`lunch` as Cell 48 made it/s },
  // A loop without end that makes processes is stopped, not the session.
  {
    code: `const squares = (count: number) => {
  while (count > 0) new Process({ target: square, args: [1] }).start();
};`,
    shows: /^$/,
  },
  {
    code: 'await checkSquares(squares);',
    shows:
      /➜ Not yet: I called it with \(4\): your function stopped with an error\.\nCell 50, line 2: RangeError: this function has made \d+ processes and goes on/,
  },
  { code: "predicted('2.0', 2);", shows: /✔ Yes/ },
];

describe('what is judged', () => {
  const texts = runNotebook({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: 'parlab', display_name: 'TypeScript (ParLab)', language: 'typescript' } },
    cells: steps.map(({ code, fails }, at) =>
      codeCell({ id: `step-${at + 1}`, source: code, tags: fails ? ['raises-exception'] : [] }),
    ),
  });
  for (const [at, { code, shows }] of steps.entries()) {
    test(`Cell ${at + 1}, ${code.split('\n')[0]}, shows ${shows.source}`, () => {
      const shown = texts.get(`step-${at + 1}`) ?? '';
      const [, verdict = shown] = shown.match(/((?:✔|➜|!) .*)/s) ?? [];
      assert.match(verdict, shows);
    });
  }
});

after(nothingLeft);
