// The roles of docs/classroom/roles.conf on a real nats-server: who may take work, who may give it, and who is not of this room.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { connect } from '@nats-io/transport-node';
import { placeOf } from '../../src/cluster/address';
import { openBroker } from '../../src/cluster/connection/broker';
import { namesOf } from '../../src/cluster/connection/names';
import { forbidden } from '../../src/cluster/connection/trouble';
import { closeLines } from '../../src/cluster/line/line';
import { getContext, RoomError } from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';
import { startBroker, type TestBroker } from './broker';
import { endHosts, startHost } from './hosts';

const config = readFileSync(join(__dirname, '../../../docs/classroom/roles.conf'), 'utf8');
const ROLES = ['room1-worker', 'room1-student', 'room2-worker', 'room2-student'] as const;
type Role = (typeof ROLES)[number];

const passwordOf = (role: Role) => `of-${role}`;
const loginOf = (role: Role) => ({ PARLAB_USER: role, PARLAB_PASSWORD: passwordOf(role) });

let broker: TestBroker;
before(async () => {
  for (const role of ROLES) process.env[role.toUpperCase().replace('-', '_')] = passwordOf(role);
  delete process.env.PARLAB_TOKEN;
  broker = await startBroker({ token: null, config });
});
after(async () => {
  await closeLines();
  await endHosts();
  await broker.stop();
  await nothingLeft();
});

async function as<T>(role: Role, body: () => Promise<T>): Promise<T> {
  Object.assign(process.env, loginOf(role));
  try {
    return await body();
  } finally {
    await closeLines();
    delete process.env.PARLAB_USER;
    delete process.env.PARLAB_PASSWORD;
  }
}

/** Past our API: what the broker says when it is asked to its face, or 'allowed'. */
async function asked(role: Role, doing: 'publish' | 'subscribe', subject: string): Promise<string> {
  const nc = await connect({
    servers: `127.0.0.1:${broker.port}`,
    user: role,
    pass: passwordOf(role),
    inboxPrefix: `_INBOX.${role.slice(0, 5)}`,
  });
  const said: string[] = [];
  void (async () => {
    for await (const status of nc.status()) {
      if (status.type === 'error' && forbidden(status.error) !== undefined) said.push('refused');
    }
  })();
  if (doing === 'publish') nc.publish(subject, '{}');
  else nc.subscribe(subject, { callback: (error) => void (error && said.push('refused')) });
  await nc.flush();
  await nc.close();
  return said[0] ?? 'allowed';
}

test('a worker joins before anybody else, and a student’s map, large values and locks go over it', async () => {
  await startHost(broker, 'wanda', { env: loginOf('room1-worker') });
  await as('room1-student', async () => {
    const mp = getContext(broker.url('room1'));
    const pool = new mp.Pool();
    assert.deepEqual(await pool.map((n) => n * n, [1, 2, 3, 4, 5]), [1, 4, 9, 16, 25]);
    // What is larger than a message, there and back.
    const large = 'x'.repeat(3_000_000);
    assert.equal(await pool.apply((text: string) => text + text.length, [large]), `${large}3000000`);
    const count = new mp.Value('int32', 0, { name: 'count' });
    const lock = new mp.Lock({ name: 'one by one' });
    await pool.map((n) => lock.with(() => count.update((value) => value + n)), [1, 2, 3, 4]);
    assert.equal(count.value, 10);
    const queue = new mp.Queue<string>(4, { name: 'words' });
    await pool.apply(() => queue.put('from a worker'));
    assert.equal(await queue.get({ timeout: 10_000 }), 'from a worker');
    pool.terminate();
    await pool.join();
  });
});

test('a worker that gives work is told in a sentence that it may not', async () => {
  await as('room1-worker', async () => {
    const pool = new (getContext(broker.url('room1')).Pool)();
    await assert.rejects(
      pool.apply(() => 1, [], { timeout: 20_000 }),
      (error: Error) =>
        error instanceof RoomError &&
        /does not allow this user to give work to the room 'room1'.*PARLAB_USER/.test(error.message),
    );
    pool.terminate();
    await pool.join();
  });
});

test('a student who joins as a worker is told in a sentence that she may not', async () => {
  await assert.rejects(
    startHost(broker, 'stella', { env: loginOf('room1-student') }),
    /does not allow this user to work for the room 'room1' as one of its hosts/,
  );
});

test('a student who tries another room is told in a sentence, awaiting and blocking, and a worker, too', async () => {
  const sentence = /does not allow this user to come into the room 'room1'/;
  await as('room2-student', async () => {
    const mp = getContext(broker.url('room1'));
    const lock = new mp.Lock({ name: 'one by one' });
    await assert.rejects(lock.acquire({ timeout: 10_000 }), sentence);
    assert.throws(() => lock.acquireSync({ timeout: 10_000 }), sentence);
    const pool = new mp.Pool();
    await assert.rejects(
      pool.apply(() => 1),
      sentence,
    );
    pool.terminate();
    await pool.join();
    await assert.rejects(openBroker(placeOf(broker.url('room1')), 'a test'), RoomError);
  });
  await assert.rejects(startHost(broker, 'walter', { env: loginOf('room2-worker') }), sentence);
});

const { work, stop, answer, program, states } = namesOf('room1');
const kv = '$KV.PL_room1_hosts.somebody';
const next = '$JS.API.CONSUMER.MSG.NEXT.PL_room1_work.hosts';
const table: readonly [Role, 'publish' | 'subscribe', string, 'allowed' | 'refused'][] = [
  ['room1-worker', 'publish', work('p', 1), 'refused'],
  ['room1-worker', 'publish', stop('p'), 'refused'],
  ['room1-worker', 'publish', '$JS.API.STREAM.PURGE.PL_room1_work', 'refused'],
  ['room1-worker', 'publish', `$JS.API.STREAM.DELETE.${states}`, 'refused'],
  ['room1-worker', 'publish', answer('p'), 'allowed'],
  ['room1-worker', 'publish', kv, 'allowed'],
  ['room1-worker', 'subscribe', work('p', '>'), 'refused'],
  ['room1-worker', 'subscribe', answer('*'), 'refused'],
  ['room1-worker', 'subscribe', program('p'), 'refused'],
  ['room1-worker', 'subscribe', '>', 'refused'],
  ['room1-student', 'publish', next, 'refused'],
  ['room1-student', 'publish', '$JS.ACK.PL_room1_work.hosts.1.1.1.1.0', 'refused'],
  ['room1-student', 'publish', '$JS.API.STREAM.MSG.GET.PL_room1_work', 'refused'],
  ['room1-student', 'publish', `$JS.API.STREAM.DELETE.${states}`, 'refused'],
  ['room1-student', 'publish', kv, 'refused'],
  ['room1-student', 'publish', answer('p'), 'refused'],
  ['room1-student', 'publish', work('nobody', 1), 'allowed'],
  ['room1-student', 'subscribe', work('p', '>'), 'refused'],
  ['room1-student', 'subscribe', answer('p'), 'allowed'],
  ['room2-student', 'publish', work('p', 1), 'refused'],
  ['room2-student', 'subscribe', answer('p'), 'refused'],
  ['room2-worker', 'subscribe', work('p', '>'), 'refused'],
];

for (const [role, doing, subject, what] of table) {
  test(`${role}: ${doing} ${subject} is ${what}`, async () => {
    assert.equal(await asked(role, doing, subject), what);
  });
}

test('what lies in one room is not there for the other, whatever it asks for', async () => {
  await as('room1-student', async () => {
    await new (getContext(broker.url('room1')).Queue)(0, { name: 'secrets' }).put('of room 1');
  });
  await as('room2-student', async () => {
    const { jsm, close } = await openBroker(placeOf(broker.url('room2')), 'a test');
    const names: string[] = [];
    for await (const { config: stream } of jsm.streams.list()) names.push(stream.name);
    assert.deepEqual(
      names.filter((name) => name.includes('room1')),
      [],
    );
    await close();
  });
});
