// How much of a cell's output is sent, as a pure function.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CUT,
  MOST_CHARACTERS,
  MOST_DISPLAYS,
  MOST_LINES,
  nothingSent,
  type Sent,
  sendDisplay,
  sendText,
} from '../../kernel/kernel-process/output/flood';

/** All that is sent of these texts, and what is known then. */
function sendAll(texts: Iterable<string>): { shown: string; sent: Sent } {
  let sent = nothingSent;
  let shown = '';
  for (const text of texts) {
    const taken = sendText(sent, text);
    sent = taken.sent;
    shown += taken.text;
  }
  return { shown, sent };
}

test('What a person may want to read is sent as it is.', () => {
  const texts = Array.from({ length: MOST_LINES }, (_, at) => `line ${at}\n`);
  assert.equal(sendAll(texts).shown, texts.join(''));
  const long = 'x'.repeat(MOST_CHARACTERS);
  assert.equal(sendAll([long]).shown, long);
});

test('A loop that prints for ever is cut behind a whole line, with one sentence.', () => {
  for (const size of [1, 7, 1000, 30_000]) {
    const chunk = Array.from({ length: size }, (_, at) => `${at}\n`).join('');
    const { shown, sent } = sendAll(Array(Math.ceil(30_000 / size)).fill(chunk));
    assert.ok(shown.endsWith(CUT));
    assert.equal(shown.split(CUT).length, 2);
    assert.equal(shown.slice(0, -CUT.length).match(/\n/g)?.length, MOST_LINES, `${size} lines at once`);
    assert.ok(sent.isCut);
  }
});

test('One line without an end is cut, and no letter of two units in the middle.', () => {
  const { shown } = sendAll(Array(10).fill(`x${'🎉'.repeat(99_999)}`));
  const text = shown.slice(0, -CUT.length);
  assert.ok(text.length <= MOST_CHARACTERS && text.length > MOST_CHARACTERS - 2);
  assert.ok(text.endsWith('🎉'));
});

test('Displays are counted, too: behind the most the sentence is said once.', () => {
  let sent = nothingSent;
  const taken = Array.from({ length: MOST_DISPLAYS + 3 }, () => {
    const each = sendDisplay(sent);
    sent = each.sent;
    return each;
  });
  assert.equal(taken.filter(({ isSent }) => isSent).length, MOST_DISPLAYS);
  assert.equal(taken.filter(({ isFirstCut }) => isFirstCut).length, 1);
  assert.equal(sendText(sent, 'more').text, '');
});
