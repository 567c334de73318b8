// A cell that asks about a name is answered in the pager, as in IPython.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { questionIn } from '../../kernel/kernel-process/handlers/help';
import { startInMemory } from '../support/kernel/in-memory';
import { nothingLeft } from '../support/processes/nothing-left';

const questions: [code: string, name: string | undefined, detail?: 0 | 1][] = [
  ['lock?', 'lock', 0],
  [' lock.acquire?? \n', 'lock.acquire', 1],
  ['?Math.max', 'Math.max', 0],
  ['??$ä', '$ä', 1],
  ['a ? b : c', undefined],
  ['f()?', undefined],
  ['a?.b', undefined],
  ['?', undefined],
];
for (const [code, name, detail] of questions) {
  test(`${JSON.stringify(code)} asks about ${name ?? 'nothing'}`, () => {
    assert.deepEqual(questionIn(code), name === undefined ? undefined : { name, detail });
  });
}

describe('the kernel', () => {
  let kernel: Awaited<ReturnType<typeof startInMemory>>;
  before(async () => {
    kernel = await startInMemory();
  });
  after(async () => {
    await kernel.stop();
    await nothingLeft();
  });

  test('answers a question about a name with a page', async () => {
    const reply = await kernel.client.execute('a.b?').done();
    assert.deepEqual(reply.status === 'ok' && reply.payload, [
      {
        source: 'page',
        data: { 'text/plain': 'the word at 2', 'text/markdown': '*the word at 2*' },
        start: 0,
      },
    ]);
  });

  test('puts into the next cell what the cell says last', async () => {
    const cell = kernel.client.execute(`
      show({ type: "suggested", code: "1", replace: false });
      show({ type: "suggested", code: "2", replace: true });`);
    const reply = await cell.done();
    assert.deepEqual(reply.status === 'ok' && reply.payload, [
      { source: 'set_next_input', text: '2', replace: true },
    ]);
  });
});
