// Pipe and Connection, as CPython's _TestConnection, _TestPoll and _TestPicklingConnections ask, over both start methods.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import {
  BrokenPipeError,
  BufferTooShortError,
  type Connection,
  ConnectionClosedError,
  EndOfFileError,
  getAllStartMethods,
  MessageTooLongError,
  OneWayError,
  Pipe,
  Process,
} from '../../src/index';
import { countObjects } from '../../src/objects/references';
import { setAmbientSignal } from '../../src/waiting/wake';
import { collectGarbage } from '../support/processes/collect-garbage';
import { nothingLeft } from '../support/processes/nothing-left';

const echo = async (connection: Connection) => {
  for await (const item of connection) {
    if (item === 'end') return;
    await connection.send(item);
  }
};

for (const method of getAllStartMethods()) {
  describe(`a connection to a child started by '${method}'`, () => {
    test('sends items and bytes there and back', async () => {
      const [mine, theirs] = Pipe();
      const child = new Process({ target: echo, args: [theirs], method });
      child.start();
      theirs.close();
      for (const item of [[1, 2.25, null], 'longer than a few', undefined, new Map([[1, 2n]]), () => 1]) {
        await mine.send(item);
        const back = await mine.recv();
        if (typeof item === 'function') assert.equal((back as () => number)(), 1);
        else assert.deepEqual(back, item);
      }
      const message = Buffer.from('hello, world');
      await mine.sendBytes(message);
      assert.deepEqual(Buffer.from(await mine.recvBytes()), message);
      const target = Buffer.alloc(24);
      mine.sendBytesSync(message);
      assert.equal(await mine.recvBytesInto(target, 8), message.length);
      assert.equal(target.toString('latin1', 8, 20), 'hello, world');
      await mine.sendBytes(message, 7, 5);
      await assert.rejects(mine.recvBytesInto(Buffer.alloc(3)), (error: unknown) => {
        assert.ok(error instanceof BufferTooShortError);
        assert.equal(Buffer.from(error.bytes).toString(), 'world');
        return true;
      });
      const large = Buffer.alloc(2 ** 24, 7);
      await mine.sendBytes(large);
      assert.ok(Buffer.from(await mine.recvBytes()).equals(large));
      assert.equal(await mine.poll(), false);
      await mine.send('end');
      assert.equal(await mine.poll(20_000), true, 'the end of the file is something to receive');
      await assert.rejects(mine.recv(), EndOfFileError);
      await child.join();
    });

    for (const how of ['awaits', 'blocks'] as const) {
      test(`whose process is killed ends for a parent that ${how}`, async () => {
        const [mine, theirs] = Pipe<string>();
        const child = new Process({
          target: (end: Connection<string>) => {
            end.sendSync('ready');
            for (;;);
          },
          args: [theirs],
          method,
        });
        child.start();
        theirs.close();
        assert.equal(await mine.recv(), 'ready');
        if (how === 'awaits') setTimeout(() => child.kill(), 50);
        else child.kill();
        const next = async () => (how === 'awaits' ? await mine.recv() : mine.recvSync());
        await assert.rejects(next, EndOfFileError);
        await assert.rejects(mine.send('x'), BrokenPipeError);
        await child.join();
      });
    }

    test('can itself be sent through a connection', async () => {
      const [mine, theirs] = Pipe();
      const [left, right] = Pipe<string>();
      const child = new Process({
        target: async (end: Connection) => {
          const given = (await end.recv()) as Connection<string>;
          await given.send('by the given one');
        },
        args: [theirs],
        method,
      });
      child.start();
      await mine.send(right);
      right.close();
      assert.equal(await left.recv(), 'by the given one');
      await assert.rejects(left.recv(), EndOfFileError);
      await child.join();
    });

    test('makes a sender wait that is far ahead, and loses nothing', async () => {
      const [reader, writer] = Pipe<number>(false);
      const child = new Process({
        target: async (end: Connection<number>) => {
          for (let i = 0; i < 20_000; i++) await end.send(i);
        },
        args: [writer],
        method,
      });
      child.start();
      writer.close();
      let next = 0;
      for await (const item of reader) assert.equal(item, next++);
      assert.equal(next, 20_000);
      await child.join();
    });
  });
}

test('one way: one end receives, the other sends', async () => {
  const [reader, writer] = Pipe<number>(false);
  assert.deepEqual(
    [reader.readable, reader.writable, writer.readable, writer.writable],
    [true, false, false, true],
  );
  await writer.send(1);
  assert.equal(reader.recvSync(), 1);
  await assert.rejects(reader.send(2), OneWayError);
  assert.throws(() => writer.recvSync(), OneWayError);
  await assert.rejects(writer.poll(), OneWayError);
});

test('poll sees whole messages, empty ones too, and merges none', async () => {
  const [a, b] = Pipe();
  assert.equal(await a.poll(), false);
  assert.equal(a.pollSync(10), false);
  await b.sendBytes(Buffer.alloc(0));
  assert.equal(await a.poll(), true);
  assert.equal(a.pollSync(), true);
  assert.equal((await a.recvBytes()).length, 0);
  for (const text of ['hello', '', 'world', 'bye']) b.sendSync(text);
  for (const text of ['hello', '', 'world', 'bye']) {
    assert.equal(await a.poll(), true);
    assert.equal(await a.recv(), text);
  }
  assert.equal(await a.poll(), false);
  const soon = a.poll(20_000);
  await b.send(1);
  assert.equal(await soon, true);
});

test('a closed connection says so, in every method, and its waits end', async () => {
  const [a, b] = Pipe();
  const waiting = a.recv();
  a.close();
  a.close();
  assert.equal(a.closed, true);
  await assert.rejects(waiting, ConnectionClosedError);
  for (const act of [() => a.send(1), () => a.recv(), () => a.poll(), () => a.recvBytes()]) {
    await assert.rejects(act, ConnectionClosedError);
  }
  await assert.rejects(b.recv(), EndOfFileError);
  assert.throws(() => b.sendSync(1), BrokenPipeError);
});

test('what was sent before the close is received before the end', async () => {
  const [a, b] = Pipe();
  {
    using closing = b;
    await closing.send('last');
  }
  assert.equal(await a.recv(), 'last');
  assert.throws(() => a.recvSync(), EndOfFileError);
});

test('who blocks for what only itself could send is told at once', () => {
  const [a, b] = Pipe();
  assert.throws(() => a.recvSync(), EndOfFileError);
  b.sendSync(1);
  assert.equal(a.recvSync(), 1);
});

test('too long a message is refused; parts outside are, too', async () => {
  const [a, b] = Pipe();
  await b.sendBytes(Buffer.from('abcdef'));
  await assert.rejects(a.recvBytes(3), MessageTooLongError);
  for (const [offset, size] of [[7], [-1], [2, 5], [0, -1]] as const) {
    await assert.rejects(b.sendBytes(Buffer.from('abcdef'), offset, size), { code: 'invalid-argument' });
  }
  await b.sendBytes(Buffer.from('abcdef'), 6);
  assert.equal((await a.recvBytes()).length, 0);
});

test('what is no bytes, and a part that is no whole number, is refused by name', async () => {
  const [a, b] = Pipe();
  for (const bytes of [undefined, null, 'abc', [1]]) {
    await assert.rejects(b.sendBytes(bytes as never), { code: 'invalid-argument', argument: 'bytes' });
    await assert.rejects(a.recvBytesInto(bytes as never), { code: 'invalid-argument', argument: 'bytes' });
  }
  const bytes = Buffer.from('abcdef');
  for (const offset of [0.5, Number.NaN, '1']) {
    await assert.rejects(b.sendBytes(bytes, offset as never), {
      code: 'invalid-argument',
      argument: 'offset',
    });
    await assert.rejects(b.sendBytes(bytes, 0, offset as never), {
      code: 'invalid-argument',
      argument: 'size',
    });
  }
  assert.equal(a.pollSync(), false);
});

test('an end that was closed cannot be handed on, and a sentence says so', async () => {
  const [a, b] = Pipe();
  const [closed] = Pipe();
  closed.close();
  await assert.rejects(a.send(closed), {
    code: 'connection-closed',
    message:
      'A connection that this process has closed cannot travel to another process: hand it on before close().',
  });
  assert.equal(b.pollSync(), false);
});

test('a signal, or the signal of the cell, ends a wait without taking anything', async () => {
  const [a, b] = Pipe();
  const cancel = new AbortController();
  const waiting = a.recv({ signal: cancel.signal });
  cancel.abort();
  await assert.rejects(waiting, { name: 'AbortError' });
  const cell = new AbortController();
  setAmbientSignal(() => cell.signal);
  const inCell = a.recv();
  setAmbientSignal(() => undefined);
  cell.abort();
  await assert.rejects(inCell, { name: 'AbortError' });
  await b.send(1);
  assert.equal(await a.recv(), 1);
});

test('a pipe that nobody has any more is freed, with what was still on its way', async () => {
  await collectGarbage();
  const before = countObjects();
  (() => {
    const [a, b] = Pipe();
    const [c] = Pipe();
    a.sendSync({ c, big: 'x'.repeat(100_000) });
    b.close();
  })();
  await collectGarbage();
  assert.equal(countObjects(), before);
});

after(nothingLeft);
