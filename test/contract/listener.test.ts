// CPython's _TestListener, _TestListenerClient, TestInvalidFamily, OtherTest, TestTimeouts and TestWait's sockets, and more.
import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Address,
  AuthenticationError,
  answerChallenge,
  BrokenPipeError,
  BufferTooShortError,
  Client,
  ConnectionClosedError,
  deliverChallenge,
  EndOfFileError,
  getAllStartMethods,
  InvalidArgumentError,
  Listener,
  Lock,
  MessageTooLongError,
  NotSerializableError,
  Process,
  Queue,
  QueueEmptyError,
  SocketError,
  TimeoutError,
  WaitAbortedError,
  wait,
  waitSync,
} from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';

const families = ['AF_INET', 'AF_UNIX'] as const;

async function pair(authkey = 'a key') {
  const listener = await Listener(undefined, { authkey });
  const [theirs, ours] = await Promise.all([Client(listener.address, { authkey }), listener.accept()]);
  listener.close();
  return [ours, theirs] as const;
}

describe('_TestListener', () => {
  for (const family of families) {
    test(`multiple_bind: an ${family} address has one listener`, async () => {
      using listener = await Listener(undefined, { family });
      await assert.rejects(Listener(listener.address, { family }), SocketError);
      using client = await Client(listener.address);
      assert.equal(client.closed, false, 'the refused one took nothing from the first');
    });
  }

  test('context', async () => {
    const listener = await Listener();
    {
      using open = listener;
      using client = await Client(open.address);
      using accepted = await open.accept();
      await client.send(1729);
      assert.equal(await accepted.recv(), 1729);
    }
    await assert.rejects(listener.accept(), SocketError);
  });

  test('empty_authkey', async () => {
    using listener = await Listener(undefined, { authkey: new Uint8Array(0) });
    using client = await Client(listener.address, { authkey: '' });
    using accepted = await listener.accept();
    await client.send(1729);
    assert.equal(await accepted.recv(), 1729);
  });

  test('abstract_socket', { skip: process.platform !== 'linux' }, async () => {
    using listener = await Listener(`\0something-${process.pid}`);
    using client = await Client(listener.address);
    using accepted = await listener.accept();
    await client.send(1729);
    assert.equal(await accepted.recv(), 1729);
  });

  test('a socket file lies in a folder of its own that is private, and goes with the listener', async () => {
    const listener = await Listener();
    const file = String(listener.address);
    assert.equal(statSync(dirname(file)).mode & 0o777, 0o700);
    listener.close();
    assert.equal(existsSync(dirname(file)), false);
    const chosen = join(tmpdir(), 'chosen.sock');
    const second = await Listener(chosen);
    second.close();
    assert.equal(existsSync(chosen), false);
  });
});

for (const method of getAllStartMethods()) {
  describe(`_TestListenerClient over '${method}'`, () => {
    const say = async (address: Address) => {
      const connection = await Client(address);
      await connection.send('hello');
      connection.close();
    };

    for (const family of families) {
      test(`listener_client: ${family}`, async () => {
        using listener = await Listener(undefined, { family });
        const child = new Process({ target: say, args: [listener.address], method });
        child.start();
        using connection = await listener.accept();
        assert.equal(await connection.recv(), 'hello');
        if (family === 'AF_INET') assert.equal((listener.lastAccepted as [string, number])[0], '127.0.0.1');
        else assert.equal(listener.lastAccepted, undefined);
        await child.join();
        assert.equal(child.exitcode, 0);
      });
    }

    test('issue14725: who has connected, spoken and left is accepted, and heard', async () => {
      using listener = await Listener();
      const child = new Process({ target: say, args: [listener.address], method });
      child.start();
      await child.join();
      using connection = await listener.accept();
      assert.equal(await connection.recv(), 'hello');
      await assert.rejects(connection.recv(), EndOfFileError);
    });

    for (const slow of [false, true]) {
      test(`wait_socket${slow ? '_slow' : ''}: wait() hears each connection to its end`, async () => {
        const speak = async (address: Address, isSlow: boolean) => {
          using connection = await Client(address);
          for (let i = 0; i < 10; i++) {
            if (isSlow) await new Promise((resolve) => setTimeout(resolve, Math.random() * 100));
            await connection.send(i);
          }
        };
        using listener = await Listener(['127.0.0.1', 0]);
        const children = Array.from({ length: 4 }, () => {
          const child = new Process({ target: speak, args: [listener.address, slow], method });
          child.start();
          return child;
        });
        const heard = new Map<Awaited<ReturnType<typeof listener.accept>>, unknown[]>();
        for (const _ of children) heard.set(await listener.accept(), []);
        let readers = [...heard.keys()];
        while (readers.length > 0) {
          for (const reader of await wait(readers)) {
            try {
              heard.get(reader)?.push(await reader.recv());
            } catch (error) {
              assert.ok(error instanceof EndOfFileError);
              readers = readers.filter((other) => other !== reader);
              reader.close();
            }
          }
        }
        for (const items of heard.values()) assert.deepEqual(items, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        for (const child of children) await child.join();
      });
    }
  });
}

describe('_TestListenerClient in one process', () => {
  for (const family of families) {
    test(`issue16955: ${family}`, async () => {
      using listener = await Listener(undefined, { family });
      using client = await Client(listener.address);
      using accepted = await listener.accept();
      await accepted.sendBytes(Buffer.from('hello'));
      assert.equal(await client.poll(1000), true);
    });
  }
});

test('TestInvalidFamily: an address of another kind, or none, is refused', async () => {
  const listen = Listener as (address: unknown, options?: object) => Promise<unknown>;
  await assert.rejects(listen(['127.0.0.1']), InvalidArgumentError);
  await assert.rejects(listen(['127.0.0.1', 70_000]), InvalidArgumentError);
  await assert.rejects(listen('x'.repeat(200)), InvalidArgumentError);
  await assert.rejects(listen(undefined, { family: 'AF_PIPE' }), InvalidArgumentError);
  await assert.rejects(listen('/tmp/x', { family: 'AF_INET' }), InvalidArgumentError);
  await assert.rejects(listen(undefined, { authkey: 5 }), InvalidArgumentError);
});

describe('OtherTest', () => {
  const fake = (...answers: string[]) => ({
    async recvBytes() {
      return Buffer.from(answers.shift() ?? '');
    },
    async sendBytes() {},
  });

  test('deliver_challenge_auth_failure', async () => {
    await assert.rejects(deliverChallenge(fake('something bogus'), 'abc'), AuthenticationError);
  });

  test('answer_challenge_auth_failure', async () => {
    await assert.rejects(answerChallenge(fake('#CHALLENGE#', 'something bogus'), 'abc'), AuthenticationError);
    const challenge = `#CHALLENGE#{sha256}${'n'.repeat(32)}`;
    await assert.rejects(answerChallenge(fake(challenge, 'something bogus'), 'abc'), AuthenticationError);
  });
});

describe('a key', () => {
  test('that is another is refused, at the client by name, and who waits for others is not disturbed', async () => {
    using listener = await Listener(undefined, { authkey: 'right' });
    const next = listener.accept();
    await assert.rejects(Client(listener.address, { authkey: 'wrong' }), AuthenticationError);
    using right = await Client(listener.address, { authkey: 'right' });
    await right.send('me');
    using accepted = await next;
    assert.equal(await accepted.recv(), 'me');
  });

  test('must be shown by the listener, too', async () => {
    using keyless = await Listener();
    const accepting = keyless.accept().then(async (connection) => {
      await connection.sendBytes(Buffer.from('anything but a challenge'));
      return connection;
    });
    await assert.rejects(Client(keyless.address, { authkey: 'a key' }), AuthenticationError);
    (await accepting).close();
  });

  test('that a client lacks keeps it from being let in', async () => {
    using listener = await Listener(undefined, { authkey: 'a key', timeout: 200 });
    using stranger = await Client(listener.address);
    const accepting = listener.accept({ signal: AbortSignal.timeout(600) });
    await stranger.send('let me in');
    await assert.rejects(accepting, WaitAbortedError);
  });
});

describe('a stranger', () => {
  test('who says nothing keeps nobody waiting, and is put out when the time is up', async () => {
    using listener = await Listener(['127.0.0.1', 0], { authkey: 'a key', timeout: 300 });
    const [host, port] = listener.address as [string, number];
    const stranger = connect(port, host);
    const putOut = new Promise((resolve) => stranger.once('close', resolve));
    stranger.on('error', () => {}).resume();
    using client = await Client(listener.address, { authkey: 'a key' });
    using accepted = await listener.accept();
    await client.send(1);
    assert.equal(await accepted.recv(), 1);
    await putOut;
  });

  for (const [what, bytes] of [
    ['garbage', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['a message of four gigabytes', Buffer.from([0xff, 0xff, 0xff, 0xff, 1, 2, 3])],
    ['a message that is no answer', Buffer.from([0, 0, 0, 3, 1, 2, 3])],
  ] as const) {
    test(`who sends ${what} is put out, and the next is let in`, async () => {
      using listener = await Listener(['127.0.0.1', 0], { authkey: 'a key' });
      const [host, port] = listener.address as [string, number];
      const stranger = connect(port, host, () => stranger.write(bytes));
      stranger.on('error', () => {}).resume();
      await new Promise((resolve) => stranger.once('close', resolve));
      using client = await Client(listener.address, { authkey: 'a key' });
      using accepted = await listener.accept();
      await client.send('fine');
      assert.equal(await accepted.recv(), 'fine');
    });
  }
});

describe('a connection through a socket', () => {
  test('carries data of all kinds, errors, cycles and what is in two places', async () => {
    const [a, b] = await pair();
    using _a = a;
    using _b = b;
    const shared = { x: 1 };
    const cycle: unknown[] = [shared, shared];
    cycle.push(cycle);
    // Short ones go another way than long ones.
    const short = [
      undefined,
      null,
      false,
      0,
      -0,
      1.5e300,
      Number.NaN,
      -Infinity,
      1n,
      '',
      '\0',
      'hé🙂',
      '\ud800',
      '__proto__',
    ];
    const items = [
      ...short,
      ...short.map((item) => [item]),
      short.filter((item) => typeof item === 'string' || item === null),
      ['x'.repeat(1000), 'x'],
      Array.from({ length: 100 }, (_, i) => i),
      [],
      [[]],
      [undefined, null, true, -0, 1n, 'hé🙂', Number.NaN],
      new Map<unknown, unknown>([[{ k: 1 }, new Set([1, 'two'])]]),
      {
        date: new Date(5),
        re: /a+/gi,
        bytes: new Uint8Array([1, 2]),
        buffer: Buffer.from('x'),
        '__proto__ ': 1,
      },
      new Float64Array([1.5, 2]),
      Object.assign(Object.create(null), { bare: 1 }),
    ];
    for (const item of items) {
      await a.send(item);
      assert.deepEqual(await b.recv(), item);
    }
    await a.send(cycle);
    const back = (await b.recv()) as unknown[];
    assert.equal(back[0], back[1]);
    assert.equal(back[2], back);
    class Odd extends RangeError {
      readonly extra = 5;
    }
    await a.send([new QueueEmptyError(5), new Odd('odd', { cause: new TypeError('inner') })]);
    const [ours, odd] = (await b.recv()) as [QueueEmptyError, RangeError & { extra: number }];
    assert.ok(
      ours instanceof QueueEmptyError && ours.code === 'queue-empty' && ours.name === 'QueueEmptyError',
    );
    assert.ok(odd instanceof RangeError && odd.extra === 5 && odd.cause instanceof TypeError);
    assert.match(odd.stack ?? '', /listener\.test/);
  });

  test('refuses functions, instances and what lies in shared memory, with their path, and sends nothing', async () => {
    const [a, b] = await pair();
    using _a = a;
    using _b = b;
    class Point {}
    for (const [item, path] of [
      [{ list: [1, () => 1] }, 'item.list[1]'],
      [new Point(), 'item'],
      [{ lock: new Lock() }, 'item.lock'],
      [new Queue(), 'item'],
      [a, 'item'],
    ] as const) {
      await assert.rejects(a.send(item), (error: unknown) => {
        assert.ok(error instanceof NotSerializableError);
        assert.equal(error.path, path);
        return true;
      });
    }
    assert.equal(await b.poll(20), false);
    assert.throws(() => new Process({ target: () => {}, args: [a] as never }).start(), NotSerializableError);
  });

  test('carries bytes, also very many, and parts of them', async () => {
    const [a, b] = await pair();
    using _a = a;
    using _b = b;
    const large = Buffer.alloc(2 ** 25, 7);
    const sending = a.sendBytes(large);
    assert.ok(Buffer.from(await b.recvBytes()).equals(large));
    await sending;
    await a.sendBytes(Buffer.from('hello, world'), 7, 5);
    await assert.rejects(b.recvBytesInto(Buffer.alloc(3)), BufferTooShortError);
    await a.sendBytes(Buffer.from('hello'));
    await assert.rejects(b.recvBytes(4), MessageTooLongError);
    const target = Buffer.alloc(8, '.');
    await a.sendBytes(Buffer.from('hello'));
    assert.equal(await b.recvBytesInto(target, 2), 5);
    assert.equal(target.toString(), '..hello.');
  });

  test('makes a sender wait whom nobody hears, and loses nothing', async () => {
    const [a, b] = await pair();
    using _a = a;
    using _b = b;
    const block = new Uint8Array(2 ** 20);
    let sent = 0;
    const sending = (async () => {
      for (; sent < 64; sent++) await a.send([sent, block]);
    })();
    await sleep(500);
    assert.ok(sent < 60, `${sent} MiB were taken though nobody received`);
    for (let i = 0; i < 64; i++) assert.equal(((await b.recv()) as [number])[0], i);
    await sending;
  });

  test('ends for both: what was sent comes first, then the end of the file', async () => {
    const [a, b] = await pair();
    await a.send('last');
    a.close();
    assert.equal(a.closed, true);
    await assert.rejects(a.send(1), ConnectionClosedError);
    await assert.rejects(a.recv(), ConnectionClosedError);
    assert.equal(await b.recv(), 'last');
    assert.equal(await b.poll(5000), true);
    await assert.rejects(b.recv(), EndOfFileError);
    await assert.rejects(b.send(1), BrokenPipeError);
    b.close();
  });

  test('is an async iterable of what comes', async () => {
    const [a, b] = await pair();
    for (const item of [1, 2, 3]) await a.send(item);
    a.close();
    const items: unknown[] = [];
    for await (const item of b) items.push(item);
    assert.deepEqual(items, [1, 2, 3]);
    b.close();
  });

  test('tells who receives as an item what was sent as bytes how to receive it', async () => {
    const [ours, theirs] = await pair();
    for (const bytes of [
      Buffer.from('hi'),
      Buffer.from('\0hi'),
      Buffer.of(255, 15, 73, 2),
      Buffer.alloc(0),
    ]) {
      await ours.sendBytes(bytes);
      await assert.rejects(theirs.recv(), /SocketError: .* is received by recvBytes\(\)/);
    }
    ours.close();
    theirs.close();
  });

  test('keeps the program going for who waits, also after a poll() that read by itself', async () => {
    using listener = await Listener(['127.0.0.1', 0]);
    using theirs = await Client<Uint8Array>(listener.address);
    using ours = await listener.accept<Uint8Array>();
    const holds = () => process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;
    const idle = holds();
    const [first, isMore] = [ours.recvBytes(), ours.poll(10_000)];
    // What Node reads at once, to the byte; the poll finds the second in the system.
    theirs.sendBytesSync(Buffer.alloc(2 ** 16 - 4));
    theirs.sendBytesSync(Buffer.from('second'));
    assert.equal((await first).length, 2 ** 16 - 4);
    assert.equal(await isMore, true);
    assert.equal(String(Buffer.from(await ours.recvBytes())), 'second');
    const later = ours.recvBytes();
    assert.equal(holds(), idle + 1);
    await theirs.sendBytes(Buffer.from('third'));
    assert.equal(String(Buffer.from(await later)), 'third');
    assert.equal(holds(), idle);
  });

  test('gives a wait up, and what comes later goes to the next', async () => {
    const [a, b] = await pair();
    using _a = a;
    using _b = b;
    await assert.rejects(b.recv({ signal: AbortSignal.timeout(20) }), WaitAbortedError);
    assert.deepEqual(await wait([b], { timeout: 20 }), []);
    const both = Promise.all([b.recv(), b.recv()]);
    await a.send('first');
    await a.send('second');
    assert.deepEqual(await both, ['first', 'second']);
    await a.send('third');
    assert.deepEqual(await wait([b]), [b]);
    assert.equal(await b.recv(), 'third');
  });

  for (const method of getAllStartMethods()) {
    test(`blocks, for a child by '${method}' that does`, async () => {
      const echo = async (address: Address) => {
        using connection = await Client<unknown>(address, { authkey: 'k' });
        for (;;) {
          const item = connection.recvSync();
          if (item === 'end') return;
          connection.sendSync(item);
        }
      };
      using listener = await Listener(undefined, { authkey: 'k' });
      const child = new Process({ target: echo, args: [listener.address], method });
      child.start();
      using connection = await listener.accept();
      for (let i = 0; i < 50; i++) {
        connection.sendSync(i);
        assert.equal(connection.recvSync(), i);
      }
      await connection.send('x'.repeat(2 ** 22));
      assert.equal(String(connection.recvSync()).length, 2 ** 22);
      assert.equal(connection.pollSync(10), false);
      connection.sendSync(1);
      assert.deepEqual(waitSync([connection], { timeout: 5000 }), [connection]);
      assert.equal(await connection.recv(), 1);
      connection.sendSync('end');
      await assert.rejects(connection.recv(), EndOfFileError);
      await child.join();
      assert.equal(child.exitcode, 0);
    });
  }
});

describe('connecting', () => {
  test('where nobody listens is a SocketError', async () => {
    await assert.rejects(Client(join(tmpdir(), 'nobody.sock')), SocketError);
    const listener = await Listener(['127.0.0.1', 0]);
    const { address } = listener;
    listener.close();
    await assert.rejects(Client(address), SocketError);
  });

  test('TestTimeouts: to somebody who does not answer is a TimeoutError', async () => {
    const mute = createServer((socket) => socket.on('error', () => {}).resume()).listen(0, '127.0.0.1');
    await new Promise((resolve) => mute.once('listening', resolve));
    const { port } = mute.address() as { port: number };
    await assert.rejects(Client(['127.0.0.1', port], { authkey: 'k', timeout: 100 }), TimeoutError);
    const given = Client(['127.0.0.1', port], { authkey: 'k', signal: AbortSignal.timeout(50) });
    await assert.rejects(given, WaitAbortedError);
    mute.close();
  });

  test('waits longer than by default if it is told to', async () => {
    const mute = createServer((socket) => socket.on('error', () => {}).resume()).listen(0, '127.0.0.1');
    await new Promise((resolve) => mute.once('listening', resolve));
    const { port } = mute.address() as { port: number };
    const timeout = Number.POSITIVE_INFINITY;
    const given = Client(['127.0.0.1', port], { authkey: 'k', timeout, signal: AbortSignal.timeout(5300) });
    await assert.rejects(given, WaitAbortedError);
    mute.close();
  });

  test('again and again to one address works at once', async () => {
    const first = await Listener(['127.0.0.1', 0]);
    const { address } = first;
    first.close();
    for (let i = 0; i < 100; i++) {
      using listener = await Listener(address);
      using client = await Client(address);
      using accepted = await listener.accept();
      await client.send(i);
      assert.equal(await accepted.recv(), i);
    }
  });
});

test('a long message right behind the key arrives whole', async () => {
  using listener = await Listener(undefined, { authkey: 'a key' });
  for (let turn = 0; turn < 20; turn++) {
    using client = await Client<Uint8Array>(listener.address, { authkey: 'a key' });
    await client.send(new Uint8Array(5000));
    using accepted = await listener.accept<Uint8Array>();
    assert.equal((await accepted.recv()).length, 5000);
  }
});

after(nothingLeft);
