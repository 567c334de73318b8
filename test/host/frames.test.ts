// Frames: what goes in comes out, however it is cut, and from however many writers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  encodeFrames,
  encodeShortText,
  type Frame,
  FrameDecoder,
  MAX_FRAME_BYTES,
} from '../../src/host/frames';

const writer = { pid: 4_000_000_000, thread: 2 };

function frame(kind: Frame['kind'], text: string, from = writer, tag = 'cell 1'): Frame {
  return { kind, writer: from, tag, payload: Buffer.from(text) };
}

test('a message comes out as it went in', () => {
  for (const message of [
    frame('stdout', 'hello\n'),
    frame('stderr', ''),
    frame('report', 'ä€😀', writer, 'Zelle ü'),
  ]) {
    assert.deepEqual(new FrameDecoder().push(Buffer.concat(encodeFrames(message))), [message]);
  }
});

test('a short text is written in its place, and a longer one refused', () => {
  const bytes = Buffer.alloc(MAX_FRAME_BYTES);
  for (const text of ['hello\n', '', 'ä€😀', '€'.repeat(1300)]) {
    const message = frame('stdout', text, writer, 'Zelle ü');
    const sizeBytes = encodeShortText(bytes, message, text);
    assert.deepEqual(new FrameDecoder().push(bytes.subarray(0, sizeBytes)), [message]);
  }
  assert.equal(encodeShortText(bytes, frame('stdout', ''), 'x'.repeat(4096)), 0);
  assert.equal(encodeShortText(bytes, frame('stdout', '', writer, 'ü'.repeat(200)), ''), 0);
});

test('the bytes may arrive one at a time', () => {
  const decoder = new FrameDecoder();
  const bytes = Buffer.concat([
    ...encodeFrames(frame('stdout', 'one')),
    ...encodeFrames(frame('report', 'two')),
  ]);
  const seen = [...bytes].flatMap((byte) => decoder.push(Uint8Array.of(byte)));
  assert.deepEqual(seen, [frame('stdout', 'one'), frame('report', 'two')]);
});

test('a long message is split into frames that the system writes in one piece, and put together again', () => {
  const message = frame('report', 'x'.repeat(100_000));
  const frames = encodeFrames(message);
  assert.ok(frames.length > 20);
  assert.ok(frames.every((piece) => piece.length <= MAX_FRAME_BYTES));
  assert.deepEqual(new FrameDecoder().push(Buffer.concat(frames)), [message]);
});

test('text is never cut inside a character', () => {
  for (const shift of ['', 'a', 'ab', 'abc']) {
    const message = frame('stdout', shift + '😀'.repeat(5000));
    for (const piece of encodeFrames(message)) {
      const [only] = new FrameDecoder().push(onItsOwn(piece));
      assert.ok(!only!.payload.toString().includes('\uFFFD'));
    }
  }
});

test('bytes that are not UTF-8 pass unchanged', () => {
  const message: Frame = { ...frame('stdout', ''), payload: Buffer.alloc(9000, 0x80) };
  assert.deepEqual(new FrameDecoder().push(Buffer.concat(encodeFrames(message))), [message]);
});

test('long messages of several writers may be mixed frame by frame', () => {
  const messages = [1, 2, 3].map((thread) =>
    frame('stdout', String(thread).repeat(9000), { pid: 7, thread }),
  );
  const frames = messages.map(encodeFrames);
  const mixed = frames[0]!.flatMap((_, i) => frames.map((pieces) => pieces[i]!));
  assert.deepEqual(new FrameDecoder().push(Buffer.concat(mixed)), messages);
});

test('at the end, the text that a killed writer had begun is not lost', () => {
  const decoder = new FrameDecoder();
  const [first] = encodeFrames(frame('stdout', 'y'.repeat(9000)));
  assert.deepEqual(decoder.push(first!), []);
  const [begun] = decoder.end();
  assert.match(begun!.payload.toString(), /^y{4000,}$/);
  assert.deepEqual(decoder.end(), []);
});

test('a tag that does not fit is refused', () => {
  assert.throws(() => encodeFrames(frame('stdout', '', writer, 'x'.repeat(256))), /255 bytes, not 256/);
});

test('bytes that are no frame are refused at once', () => {
  assert.throws(() => new FrameDecoder().push(Buffer.from('Segmentation fault\n')), /No frame begins with/);
});

/** One piece marked as a whole message. */
function onItsOwn(piece: Buffer): Buffer {
  const copy = Buffer.from(piece);
  copy.writeUInt8(1, 3);
  return copy;
}
