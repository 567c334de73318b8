// What is written in pieces of bytes arrives as the characters that it is, of every writer and stream on its own.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Characters } from '../../kernel/kernel-process/supervisor/characters';
import type { FrameKind } from '../../src/host';
import { startInMemory } from '../support/kernel/in-memory';
import { nothingLeft } from '../support/processes/nothing-left';

const sessionProgram = join(__dirname, '../../kernel/session-process/entry.js');
const TEXT = 'aé漢😀\n';
const frame = (text: string | Buffer, pid = 1, kind: FrameKind = 'stdout', tag = 'cell') => ({
  kind,
  tag,
  writer: { pid, thread: 0 },
  payload: Buffer.from(text as string),
});

describe('characters', () => {
  test('come whole from bytes cut at any two places', () => {
    const bytes = Buffer.from(TEXT.repeat(2));
    for (let first = 0; first <= bytes.length; first++) {
      for (let second = first; second <= bytes.length; second++) {
        const characters = new Characters();
        const pieces = [bytes.subarray(0, first), bytes.subarray(first, second), bytes.subarray(second)];
        const texts = pieces.flatMap((piece) => characters.take(frame(piece)));
        assert.equal(texts.map(({ text }) => text).join(''), TEXT.repeat(2), `${first} ${second}`);
        assert.deepEqual(characters.endAll(), []);
      }
    }
  });

  test('of several writers and streams do not mix', () => {
    const characters = new Characters();
    const writers = [
      frame('', 1),
      frame('', 1, 'stderr'),
      frame('', 2),
      { ...frame('', 1), writer: { pid: 1, thread: 1 } },
    ];
    const said = writers.map(() => '');
    for (const byte of Buffer.from(TEXT)) {
      writers.forEach((writer, at) => {
        for (const { text, name } of characters.take({ ...writer, payload: Buffer.from([byte]) })) {
          assert.equal(name, writer.kind);
          said[at] += text;
        }
      });
    }
    assert.deepEqual(
      said,
      writers.map(() => TEXT),
    );
  });

  test('that are no UTF-8 come as they would in one piece', () => {
    for (const bytes of [
      [0xff, 0xfe, 65],
      [0xc3, 65],
      [0xe6, 0xbc, 0xe6, 0xbc, 0xa2],
      [0x80, 0x80],
      [0xf8, 0x88],
      [0xc0],
    ]) {
      const characters = new Characters();
      const texts = [
        ...bytes.flatMap((byte) => characters.take(frame(Buffer.from([byte])))),
        ...characters.endAll(),
      ];
      const whole = Buffer.from(bytes).toString();
      // How many signs stand for what is broken is nobody's concern.
      const plain = (text: string) => text.replace(/\ufffd+/g, '\ufffd');
      assert.equal(plain(texts.map(({ text }) => text).join('')), plain(whole), String(bytes));
    }
  });

  test('left half by a cell are shown under it, and are no part of the next', () => {
    const characters = new Characters();
    assert.deepEqual(characters.take(frame(Buffer.from([0xc3]))), []);
    assert.deepEqual(characters.end('other', 1), []);
    assert.deepEqual(characters.end('cell', 2), []);
    assert.deepEqual(characters.end('cell', 1), [{ tag: 'cell', name: 'stdout', text: '\ufffd' }]);
    characters.take(frame(Buffer.from([0xc3])));
    assert.deepEqual(characters.take(frame('a', 1, 'stdout', 'next')), [
      { tag: 'cell', name: 'stdout', text: '\ufffd' },
      { tag: 'next', name: 'stdout', text: 'a' },
    ]);
  });
});

describe('a cell', () => {
  let kernel: Awaited<ReturnType<typeof startInMemory>>;
  before(async () => {
    kernel = await startInMemory([sessionProgram]);
  });
  after(async () => {
    await kernel.stop();
    await nothingLeft();
  });

  const run = async (code: string) => {
    const cell = kernel.client.execute(code);
    await cell.done();
    return cell;
  };

  test('that writes byte after byte prints characters', async () => {
    const cell = await run(
      `for (const byte of Buffer.from(${JSON.stringify(TEXT)})) {
        process.stdout.write(Buffer.from([byte]));
        process.stderr.write(new Uint8Array([byte]));
        await new Promise((go) => setTimeout(go, 1));
      }`,
    );
    assert.deepEqual([cell.text('stdout'), cell.text('stderr')], [TEXT, TEXT]);
  });

  test('that passes on what a child and a stream give prints characters', async () => {
    const writer = `for (const byte of Buffer.from(${JSON.stringify(TEXT)})) require('node:fs').writeSync(1, Buffer.from([byte]))`;
    const cell = await run(
      `const child = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(writer)}]);
      child.stdout.pipe(process.stdout);
      await new Promise((go) => child.once('close', go));
      const bytes = new Blob([${JSON.stringify(TEXT)}]).stream();
      for await (const chunk of bytes) for (const byte of chunk) process.stdout.write(new Uint8Array([byte]));`,
    );
    assert.equal(cell.text('stdout'), TEXT + TEXT);
  });

  test('whose processes write byte after byte prints the characters of each', async () => {
    const cell = await run(
      `const { Process } = require('parlab');
      const say = async (text) => {
        for (const byte of Buffer.from(text)) {
          process.stdout.write(Buffer.from([byte]));
          await new Promise((go) => setTimeout(go, 1));
        }
      };
      const both = ['ééé', '漢漢'].map((text) => new Process({ target: say, args: [text] }));
      for (const each of both) each.start();
      for (const each of both) await each.join();`,
    );
    assert.deepEqual([...cell.text('stdout')].sort().join(''), 'ééé漢漢');
  });

  test('that ends within a character shows that, and the next cell begins anew', async () => {
    assert.equal((await run('process.stdout.write(Buffer.from([0xc3]));')).text('stdout'), '\ufffd');
    assert.equal((await run("process.stdout.write('a');")).text('stdout'), 'a');
  });
});
