// Messages survive being cut and joined on their way.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeMessage, MessageDecoder } from '../../kernel/conversations/message-stream';

const messages = [
  { type: 'a', text: 'ä🙂', list: [1, undefined, new Map([[1, 2n]])] },
  { type: 'b' },
  { type: 'c', bytes: new Uint8Array(100_000).fill(7) },
];
const bytes = Buffer.concat(messages.map(encodeMessage));

for (const sizeBytes of [1, 3, 4, 5, 1000, bytes.length]) {
  test(`messages come out whole when they arrive in pieces of ${sizeBytes} bytes`, () => {
    const decoder = new MessageDecoder();
    const out: object[] = [];
    for (let at = 0; at < bytes.length; at += sizeBytes)
      out.push(...decoder.push(bytes.subarray(at, at + sizeBytes)));
    assert.deepEqual(out, messages);
  });
}

test('what is not complete is kept for later', () => {
  const decoder = new MessageDecoder();
  assert.deepEqual(decoder.push(bytes.subarray(0, 10)), []);
});
