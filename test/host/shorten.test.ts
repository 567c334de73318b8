// A text is cut between two characters, wherever it has to be cut.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { describeValue } from '../../kernel/kernel-process/debugger/describe-value';
import { beginningOf } from '../../src/host/shorten';
import { terminalDisplay } from '../../src/host/terminal-progress';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

test('the beginning of a text is the longest of whole characters that fits', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(20), (text, length) => {
      const beginning = beginningOf(text, length);
      assert.ok(text.startsWith(beginning) && beginning.isWellFormed());
      assert.ok(beginning.length <= length && beginning.length >= Math.min(text.length, length) - 1);
    }),
  );
});

test('halves of characters that a text has already stay as they are', () => {
  assert.equal(beginningOf('\ud83d\ud83dx', 1), '\ud83d');
  assert.equal(beginningOf('\udc00\udc00', 1), '\udc00');
});

for (const lead of ['', 'a']) {
  test(`the debugger and a terminal's bar cut so, behind '${lead}' too`, () => {
    const text = lead + '🎉'.repeat(1000);
    assert.ok(describeValue({ type: 'string', value: text }).value.isWellFormed());
    let line = '';
    const terminal = { isTTY: true, columns: 40, write: (written: string) => (line += written) };
    terminalDisplay(terminal)?.({ id: '1', label: text, done: 0, total: 1, elapsedMs: 0, state: 'finished' });
    assert.ok(line.includes('🎉') && line.isWellFormed());
  });
}
