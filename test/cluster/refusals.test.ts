// Who is let in, and what everybody else is told. Each broker is a real one, but for the one that is too old.
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { inspect } from 'node:util';
import { placeOf } from '../../src/cluster/address';
import { openBroker } from '../../src/cluster/connection/broker';
import { credentialsOf } from '../../src/cluster/connection/credentials';
import { checkServer } from '../../src/cluster/connection/refusals';
import { closeLines } from '../../src/cluster/line/line';
import { getContext, InvalidArgumentError, RoomError } from '../../src/index';
import { toHandle } from '../../src/objects/handle';
import { nothingLeft } from '../support/processes/nothing-left';
import { type BrokerOptions, startBroker, type TestBroker } from './broker';
import { makeCertificates } from './certificates';

after(async () => {
  await closeLines();
  await nothingLeft();
});

const NOTHING = {
  PARLAB_TOKEN: undefined,
  PARLAB_TOKEN_FILE: undefined,
  PARLAB_USER: undefined,
  PARLAB_PASSWORD: undefined,
  PARLAB_CA: undefined,
};

/** With these and no other credentials in the environment. */
async function as<T>(env: { [name: string]: string | undefined }, body: () => Promise<T>): Promise<T> {
  const before = { ...process.env };
  const put = (values: { [name: string]: string | undefined }) => {
    for (const [name, value] of Object.entries(values)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
  put({ ...NOTHING, ...env });
  try {
    return await body();
  } finally {
    put({ ...NOTHING, ...Object.fromEntries(Object.keys(env).map((name) => [name, undefined])) });
    put(before);
  }
}

async function withBroker(
  options: BrokerOptions,
  body: (broker: TestBroker) => Promise<void>,
): Promise<void> {
  const broker = await startBroker(options);
  try {
    await body(broker);
  } finally {
    await broker.stop();
  }
}

const come = async (url: string) => (await openBroker(placeOf(url), 'a test')).close();

test('an address has a host and a room, and no secret, which no sentence repeats', () => {
  assert.deepEqual(placeOf('nats://head'), {
    url: 'nats://head:4222/main',
    servers: ['head:4222'],
    room: 'main',
    isTls: false,
  });
  assert.deepEqual(placeOf('tls://a:1,b:2/x').servers, ['a:1', 'b:2']);
  for (const wrong of [
    'nats://',
    'http://head/room',
    'nats://head/a b',
    'nats://head:port/x',
    'nats://h/a/b',
  ]) {
    assert.throws(() => placeOf(wrong), InvalidArgumentError, wrong);
  }
  for (const secret of [
    'nats://s3cret@head/room',
    'nats://user:s3cret@head/room',
    'nats://head/room?token=s3cret',
  ]) {
    assert.throws(
      () => getContext(secret as 'nats://x'),
      (error: Error) => error instanceof InvalidArgumentError && !error.message.includes('s3cret'),
    );
  }
});

test('what opens a room comes from the environment or a file, and a file that is not there is told', () => {
  const place = placeOf('nats://head/room1');
  const file = join(tmpdir(), 'key');
  writeFileSync(file, ' s3cret\n');
  assert.deepEqual(credentialsOf(place, { PARLAB_TOKEN_FILE: file }), { token: 's3cret' });
  assert.deepEqual(credentialsOf(place, { PARLAB_TOKEN: 'other' }), { token: 'other' });
  const user = { PARLAB_USER: 'ada', PARLAB_PASSWORD_FILE: file };
  assert.deepEqual(credentialsOf(place, user), { user: 'ada', pass: 's3cret' });
  assert.deepEqual(credentialsOf(place, {}), {});
  rmSync(file);
  assert.throws(
    () => credentialsOf(place, { PARLAB_TOKEN_FILE: file }),
    /PARLAB_TOKEN_FILE names the file .*ENOENT/,
  );
});

test('a handle, a context and what is printed of them hold no secret', async () => {
  await as({ PARLAB_TOKEN: 's3cret' }, async () => {
    const mp = getContext('nats://127.0.0.1:4222/room1');
    const lock = new mp.Lock({ name: 'deploy' });
    assert.deepEqual(lock[toHandle](), {
      kind: 'room-lock',
      room: 'room1',
      url: 'nats://127.0.0.1:4222/room1',
      name: 'deploy',
    });
    assert.ok(!inspect([mp, lock], { depth: 9, showHidden: true }).includes('s3cret'));
  });
});

test('a stranger and a wrong key are refused in a sentence, awaiting and blocking', async () => {
  await withBroker({}, async (broker) => {
    const url = broker.url();
    await as({}, () => assert.rejects(come(url), /does not let this program in.*PARLAB_TOKEN_FILE/));
    await as({ PARLAB_TOKEN: 'wrong' }, async () => {
      await assert.rejects(come(url), RoomError);
      const lock = new (getContext(broker.url('strangers')).Lock)();
      await assert.rejects(lock.acquire(), /does not let this program in/);
      assert.throws(() => lock.acquireSync(), RoomError);
    });
    await as({ PARLAB_TOKEN: broker.token }, () => come(url));
  });
});

test('nobody at the address, no such host, and no nats-server there: each has its sentence', async () => {
  await assert.rejects(
    come('nats://127.0.0.1:9/room'),
    /Nobody listens at nats:\/\/127.0.0.1:9\/room.*parlab room/,
  );
  await assert.rejects(come('nats://no-such-host.invalid/room'), /No computer is known by the name/);
  const mute = createServer().listen(0, '127.0.0.1');
  const sockets: Socket[] = [];
  mute.on('connection', (socket) => sockets.push(socket));
  await new Promise((resolve) => mute.once('listening', resolve));
  const { port } = mute.address() as { port: number };
  await assert.rejects(come(`nats://127.0.0.1:${port}/room`), /Nothing answers at/);
  for (const socket of sockets) socket.destroy();
  mute.close();
});

test('a server before 2.11, one without JetStream, and one that lets everybody in are refused', async () => {
  const fine = { version: '2.11.0', jetstream: true, auth_required: true };
  const check = (info: object, url = 'nats://head/room') =>
    checkServer({ info: { ...fine, ...info } } as never, placeOf(url));
  check({});
  assert.throws(
    () => check({ version: '2.9.10' }),
    /nats-server 2\.9\.10, and ParLab needs 2\.11 or newer.*pip install/,
  );
  assert.throws(() => check({ version: '2.10.29' }), RoomError);
  check({ version: '3.0.0' });
  assert.throws(() => check({ jetstream: false }), /keeps no messages/);
  assert.throws(() => check({ auth_required: false }), /lets everybody in/);
  check({ auth_required: false }, 'nats://127.0.0.1/room');
  check({ auth_required: false, tls_verify: true });
  await withBroker({ token: null }, (broker) => as({}, () => come(broker.url())));
});

test('by TLS with the room’s own authority; without it, or without TLS, nobody comes in', async () => {
  const certs = makeCertificates();
  try {
    await withBroker(
      { config: `tls { cert_file: "${certs.cert}", key_file: "${certs.key}" }` },
      async (broker) => {
        const tls = broker.url().replace('nats:', 'tls:');
        const token = { PARLAB_TOKEN: broker.token };
        await as({ ...token, PARLAB_CA: certs.ca }, () => come(tls));
        await as(token, () => assert.rejects(come(tls), /cannot be trusted.*PARLAB_CA/));
        await as(token, () => assert.rejects(come(broker.url()), RoomError));
        await as({ PARLAB_CA: certs.ca }, () => assert.rejects(come(tls), /does not let this program in/));
      },
    );
  } finally {
    certs.remove();
  }
});

test('users by name: a wrong password, and a student who tries another’s room, are refused', async () => {
  // Each room is an account: what lies in one is not there in the other.
  const account = (name: string) =>
    `${name}: { jetstream: enabled, users: [ { user: ${name}, password: "${name}-password" } ] }`;
  const config = `accounts { ${account('ada')}, ${account('ben')} }`;
  await withBroker({ token: null, config }, async (broker) => {
    const ada = { PARLAB_USER: 'ada', PARLAB_PASSWORD: 'ada-password' };
    await as({ ...ada, PARLAB_PASSWORD: 'wrong' }, () =>
      assert.rejects(come(broker.url('ada')), /does not let/),
    );
    await as(ada, async () => {
      const queue = new (getContext(broker.url('ada')).Queue)(0, { name: 'secrets' });
      await queue.put('of Ada');
    });
    await closeLines();
    await as({ PARLAB_USER: 'ben', PARLAB_PASSWORD: 'ben-password' }, async () => {
      const queue = new (getContext(broker.url('ada')).Queue)(0, { name: 'secrets' });
      assert.equal(queue.qsize(), 0);
    });
    await closeLines();
  });
});
