// Frames and messages: what is signed comes back whole, and what is not is refused before it is read.

import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Message, pack, parse, verify, WireError } from '../../../kernel/kernel-process/protocol/wire';

const seal = { algorithm: 'sha256', key: 'secret' };
const message: Message = {
  identities: [Buffer.from([0, 255, 1])],
  header: {
    msg_id: 'm1',
    session: 's',
    username: 'ada',
    date: '2026-01-01',
    msg_type: 'execute_request',
    version: '5.4',
  },
  parent: {},
  metadata: { a: 1 },
  content: { code: 'const ä = "😀"' },
  buffers: [Buffer.from([1, 2, 3])],
};

function frames(of: Message = message, by = seal): Buffer[] {
  return pack(of, by).map((frame) => Buffer.from(frame as string));
}

test('A message comes back as it was packed.', () => {
  assert.deepEqual(parse(verify(frames(), seal)), message);
});

test('A header keeps the fields that the kernel does not know.', () => {
  const header = { ...message.header, subshell_id: 'x' };
  assert.deepEqual(parse(verify(frames({ ...message, header }), seal)).header, header);
});

/** The four parts as a receiver reads them. */
function partsOf(of: Message): string[] {
  return frames(of)
    .slice(-4 - of.buffers.length, -of.buffers.length)
    .map(String);
}

test('Half a surrogate pair leaves as U+FFFD, in keys and values of every part; all else leaves as it is.', () => {
  // Backslashes and the letters of an escape are likely, to look like what is replaced.
  const unit = fc.oneof(
    fc.integer({ min: 0xd800, max: 0xdfff }),
    fc.integer({ min: 0, max: 0xffff }),
    fc.constantFrom(...[...'\\\\\\ud83"'].map((character) => character.charCodeAt(0))),
  );
  const string = fc.array(unit, { maxLength: 12 }).map((units) => String.fromCharCode(...units));
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      string,
      fc.jsonValue(),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(string, tie('value'), { maxKeys: 4 }),
    ),
  }));
  const part = fc.dictionary(string, value, { maxKeys: 4 });
  fc.assert(
    fc.property(part, part, part, part, (header, parent, metadata, content) => {
      const packed = partsOf({ ...message, header, parent, metadata, content } as unknown as Message);
      for (const [at, original] of [header, parent, metadata, content].entries()) {
        const json = packed[at] as string;
        assert.deepEqual(JSON.parse(json), toWellFormed(JSON.parse(JSON.stringify(original))));
        assert.ok(isWellFormed(JSON.parse(json)), json);
      }
    }),
    { numRuns: 2000 },
  );
});

function toWellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(toWellFormed);
  if (typeof value !== 'object' || value === null) return value;
  // As JSON.parse() does it: the last of two keys that became the same counts.
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.toWellFormed(), toWellFormed(inner)]),
  );
}

function isWellFormed(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, inner]) => key.isWellFormed() && isWellFormed(inner));
}

test('A signature is the HMAC of the four parts in hexadecimal digits, as in the protocol.', () => {
  const at = frames().findIndex((frame) => frame.equals(Buffer.from('<IDS|MSG>')));
  assert.match(String(frames()[at + 1]), /^[0-9a-f]{64}$/);
});

test('Without a key nothing is signed.', () => {
  const open = { ...seal, key: '' };
  const at = 2;
  assert.equal(frames(message, open)[at]?.length, 0);
  assert.deepEqual(parse(verify(frames(message, open), open)), message);
});

describe('What is refused before anything of it is parsed:', () => {
  const cases: [what: string, change: (frames: Buffer[]) => Buffer[], reason: RegExp][] = [
    ['no delimiter', (all) => all.slice(2), /no <IDS\|MSG> frame/],
    ['nothing at all', () => [], /no <IDS\|MSG> frame/],
    ['too few parts', (all) => all.slice(0, 6), /4 signed frames expected, 3 came/],
    ['another signature', (all) => all.with(2, Buffer.from('0'.repeat(64))), /wrong signature/],
    ['a shorter signature', (all) => all.with(2, Buffer.from('00')), /wrong signature/],
    ['a changed part', (all) => all.with(6, Buffer.from('{"code":"evil"}')), /wrong signature/],
    ['parts in another order', (all) => all.with(4, all[5]!).with(5, all[4]!), /wrong signature/],
  ];
  for (const [what, change, reason] of cases) {
    test(what, () => {
      assert.throws(
        () => verify(change(frames()), seal),
        (error) => error instanceof WireError && reason.test(error.message),
      );
    });
  }
});

test('Another key is refused, and no key too.', () => {
  for (const key of ['other', '']) {
    assert.throws(() => verify(frames(message, { ...seal, key }), seal), WireError);
  }
});

describe('What is signed and yet no message:', () => {
  const cases: [
    what: string,
    change: Partial<Record<'header' | 'parent' | 'metadata' | 'content', unknown>>,
  ][] = [
    ['a header without a type', { header: { msg_id: 'm' } }],
    ['a header that is a list', { header: [] }],
    ['content that is null', { content: null }],
    ['metadata that is a text', { metadata: 'x' }],
  ];
  for (const [what, change] of cases) {
    test(what, () => {
      const signed = verify(frames({ ...message, ...change } as Message), seal);
      assert.throws(() => parse(signed), /must be/);
    });
  }
  test('a part that is not JSON', () => {
    const part = Buffer.from('{');
    const signed = { identities: [], signature: '', parts: [part, part, part, part], buffers: [] };
    assert.throws(() => parse(signed), /not JSON/);
  });
});

test('A wrong signature is compared as a whole, wherever it differs: the time tells nothing of the key.', ({
  mock,
}) => {
  const compare = mock.method(crypto, 'timingSafeEqual');
  const right = String(frames()[2]);
  for (const at of [0, 31, 63]) {
    const wrong = `${right.slice(0, at)}${right[at] === '0' ? '1' : '0'}${right.slice(at + 1)}`;
    assert.throws(() => verify(frames().with(2, Buffer.from(wrong)), seal), /wrong signature/);
    assert.deepEqual(compare.mock.calls.at(-1)?.arguments.map(String), [wrong, right]);
  }
  assert.equal(compare.mock.callCount(), 3);
});
