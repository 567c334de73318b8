// A check judges what stands in the cells now: a name that its cell no longer makes lives on, and does not count.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Change } from '../support/kernel/client';
import { withKernel } from '../support/kernel/real-kernel';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

const solution = (first: string) => `${first}
function party(names: string[]) { for (const name of names) greetings.push(name); return greetings.length; }`;
const check = `await exercise('Party', {
  check: async (party: (names: string[]) => number) => (party(['Ada']) > 0 ? Verdict.yes('so it is.') : Verdict.notYet('no.')),
}).check(party);`;

test('a line that was taken out of a cell does not count, wherever the name is used', async () => {
  await withKernel(async (kernel) => {
    const run = async (cellId: string | undefined, code: string) => {
      const withId: Change = (frames, at) => {
        frames[at.metadata] = JSON.stringify(cellId === undefined ? {} : { cellId });
      };
      const cell = kernel.client.execute(code, {}, undefined, withId);
      const reply = await cell.done();
      assert.equal(reply.status, 'ok', JSON.stringify(reply));
      return JSON.stringify(cell.contents('execute_result'));
    };
    await run('one', "import { exercise, Verdict } from 'parlab/tutorial';");
    await run('two', solution('const greetings: string[] = [];'));
    assert.match(await run('three', check), /✔ Yes/);
    await run('two', solution('// it stood here'));
    assert.match(
      await run('three', check),
      /Not yet: `greetings` is from an earlier text of its cell \(Cell 2\), which does not make it any more/,
    );
    // In a cell of its own it is there again.
    await run('four', 'const greetings: string[] = [];');
    assert.match(await run('three', check), /✔ Yes/);
    // The same cell, run again as it is, makes the same names.
    await run('two', solution('// it stood here'));
    assert.match(await run('three', check), /✔ Yes/);
    // A front end that tells no cells leaves it as it was.
    await run(undefined, 'const other = 1;');
    assert.match(await run(undefined, check), /✔ Yes/);
  });
});
