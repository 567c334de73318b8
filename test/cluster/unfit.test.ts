// A room in which there are only hosts that cannot read what the program sends.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { placeOf } from '../../src/cluster/address';
import { openBroker } from '../../src/cluster/connection/broker';
import { announce } from '../../src/cluster/presence';
import { myVersions } from '../../src/cluster/versions';
import { openRoom } from './room';

const opened = openRoom();

test('each call is refused with the reason, also one that begins when that is known already', async () => {
  const broker = await openBroker(placeOf(opened.broker.url()), 'a host');
  const versions = { ...myVersions(), parlab: '0.0.1' };
  await announce(broker, { id: 'old', host: 'old', pid: 1, slots: 2, busy: 0, versions });
  for (let call = 0; call < 2; call++) {
    const asked = opened.pool.map((n) => n, [1], { timeout: 10_000 });
    await assert.rejects(asked, /RoomError: The worker on old has ParLab 0\.0\.1/);
    // Until nothing is told of the hosts any more.
    await sleep(300);
  }
  await broker.close();
});
