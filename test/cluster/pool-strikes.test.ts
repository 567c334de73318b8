// A map over two hosts while something happens to one of them, or to the broker: right, in order, nothing twice.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { placeOf } from '../../src/cluster/address';
import { openBroker } from '../../src/cluster/connection/broker';
import { type TestHost, until } from './hosts';
import { openRoom } from './room';

const room = openRoom({ hosts: ['anna', 'bert'] });

afterEach(async () => {
  // What was struck down is replaced.
  for (const [name, { pid }] of room.hosts) if (!isAlive(pid)) await room.join(name);
  await until(() => room.pool.stats.processes === 4, 'both hosts are there again');
});

const host = (name: string) => room.hosts.get(name) as TestHost;

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Runs while `strike` happens after the first results; true for all of it. */
async function mapDuring(strike: () => unknown, count = 40): Promise<void> {
  const seen: number[] = [];
  const slow = async (n: number) => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    return n * 3;
  };
  const items = Array.from({ length: count }, (_, i) => i);
  let isStruck = false;
  const result = await room.pool.map(slow, items, {
    chunkSize: 1,
    timeout: 60_000,
    onProgress: ({ done }) => {
      seen.push(done);
      if (isStruck || done < 4) return;
      isStruck = true;
      void strike();
    },
  });
  assert.deepEqual(
    result,
    items.map((n) => n * 3),
  );
  assert.ok(isStruck);
  assert.deepEqual(
    seen,
    [...seen].sort((a, b) => a - b),
    'progress never goes back',
  );
  assert.equal(seen.at(-1), count);
}

test('a host that is killed', () => mapDuring(() => host('anna').kill()));

test('a host that is stopped, and goes on when all is done', async () => {
  await mapDuring(() => host('anna').pause());
  host('anna').goOn();
});

test('a host that is cut off for six seconds, and works again', async () => {
  const doneBy = () => room.pool.stats.hosts?.find(({ name }) => name === 'anna')?.done ?? 0;
  let isHealed = false;
  let doneBefore = Number.NaN;
  const cut = async () => {
    host('anna').link.cut();
    await sleep(6000);
    doneBefore = doneBy();
    host('anna').link.heal();
    isHealed = true;
  };
  // Longer than that, though half of the slots are away.
  await mapDuring(cut, 600);
  assert.ok(isHealed);
  assert.ok(doneBy() > doneBefore, `${doneBy()} by then, ${doneBefore} before`);
});

test('a broker that is killed and comes back', async () => {
  await mapDuring(async () => {
    await room.broker.kill();
    await sleep(1000);
    await room.broker.restart();
  });
});

test('a broker that comes back having forgotten everything', async () => {
  await mapDuring(async () => {
    await room.broker.kill();
    await sleep(500);
    await room.broker.restart({ wipe: true });
  });
});

test('a stream that is emptied', async () => {
  await mapDuring(async () => {
    const other = await openBroker(placeOf(room.broker.url()), 'a stranger');
    await other.jsm.streams.purge(other.names.workStream);
    await other.close();
  });
});

test('a stream that is deleted', async () => {
  await mapDuring(async () => {
    const other = await openBroker(placeOf(room.broker.url()), 'a stranger');
    await other.jsm.streams.delete(other.names.workStream);
    await other.close();
  });
});

test('all hosts that are lost, and a new one that joins', async () => {
  let isOver: Promise<unknown> = Promise.resolve();
  await mapDuring(() => {
    host('anna').kill();
    host('bert').kill();
    isOver = sleep(1000).then(() => room.join('anna'));
  });
  await isOver;
});

test('a host that leaves finishes what it has', async () => {
  let code: number | null | undefined;
  await mapDuring(async () => {
    code = await host('bert').leave();
  });
  await until(() => code !== undefined, 'it has left');
  assert.equal(code, 0);
});
