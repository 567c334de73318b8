// What Node itself writes of async functions that call themselves without end is not shown; everything else is.

import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import fc from 'fast-check';
import { RejectionNotes } from '../../../kernel/kernel-process/supervisor/rejection-notes';
import { withKernel } from '../../support/kernel/real-kernel';
import { nothingLeft } from '../../support/processes/nothing-left';

const head = 'Exception in PromiseRejectCallback:\n';
const overflow = `${head}Cell 1:1\nasync function f() { await f(); }\n                        ^\n\nRangeError: Maximum call stack size exceeded\n\n`;
const withFrames = overflow.replace(/\n$/, '    at f (Cell 1:1:2)\n    at g (Cell 1:1:3)\n\n');
const other = overflow.replace('RangeError: Maximum call stack size exceeded', 'TypeError: not this one');

const ordinary = fc.oneof(
  fc.constantFrom('\n', 'a line\n', 'no end', head, head.slice(0, 15), `said ${head}`, 'E', other, '\n\n'),
  fc.string(),
);

describe('the notes of Node', () => {
  test('are taken out of any text, in whatever pieces it comes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ before: fc.string(), note: fc.constantFrom('', overflow, withFrames) })),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
        (parts, sizes) => {
          const lines = parts.map(({ before, note }) => ({
            before: before === '' ? '' : `${before}\n`,
            note,
          }));
          const text = lines.map(({ before, note }) => before + note).join('');
          assert.equal(passed(text, sizes), lines.map(({ before }) => before).join(''));
        },
      ),
    );
  });

  test('and nothing else is', () => {
    fc.assert(
      fc.property(
        fc.array(ordinary),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
        (texts, sizes) => assert.equal(passed(texts.join(''), sizes), texts.join('')),
      ),
    );
  });

  test('wait for their end, and what only begins like one does not', () => {
    const notes = new RejectionNotes();
    assert.equal(notes.take('Except'), '');
    assert.equal(notes.take('ion is a word\n'), 'Exception is a word\n');
    assert.equal(notes.take('an '), 'an ');
    assert.equal(notes.take(head), head);
    assert.equal(notes.take(other), other);
    assert.equal(notes.take(overflow.slice(0, 60)), '');
    assert.equal(notes.take(overflow.slice(60)), '');
    assert.equal(notes.take(`${head}${'x'.repeat(70_000)}`), `${head}${'x'.repeat(70_000)}`);
    assert.equal(notes.end(), '');
  });
});

const recursions = [
  'async function deep(n: number): Promise<number> { return await deep(n + 1); }\nawait deep(0);',
  'async function deeper(): Promise<void> { await deeper(); }\nawait deeper();',
  'const deepest = async (): Promise<unknown> => deepest();\nawait deepest();',
];

test('a cell with an endless async recursion says so once', async () => {
  await withKernel(async (kernel) => {
    for (const code of recursions) {
      const exchange = kernel.client.execute(code);
      const reply = await exchange.done();
      assert.equal(reply.status, 'error');
      assert.equal(reply.ename, 'RangeError');
      assert.equal(exchange.text('stderr'), '', code);
    }
    assert.equal((await kernel.client.execute('1 + 1').done()).status, 'ok');
  });
});

after(nothingLeft);

function passed(text: string, sizes: number[]): string {
  const notes = new RejectionNotes();
  let shown = '';
  for (let at = 0, i = 0; at < text.length; i++) {
    const size = sizes[i % sizes.length] as number;
    shown += notes.take(text.slice(at, at + size));
    at += size;
  }
  return shown + notes.end();
}
