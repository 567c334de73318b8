// The hosts of a room as a pool counts them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeOf } from '../../src/cluster/address';
import { HostsKnown } from '../../src/cluster/pool/hosts-known';
import { myVersions } from '../../src/cluster/versions';

const host = (name: string, slots: number, versions = myVersions()) => ({
  id: name,
  host: name,
  pid: 1,
  slots,
  busy: 0,
  versions,
});

test('a host that leaves can still read what the pool sends: its calls wait for the next one', () => {
  const hosts = new HostsKnown(placeOf('nats://127.0.0.1:4222/room1'));
  assert.equal(hosts.noneFits, undefined);
  hosts.set([host('anna', 2)]);
  assert.deepEqual([hosts.slots, hosts.noneFits], [2, undefined]);
  hosts.set([host('anna', 0)]);
  assert.deepEqual([hosts.slots, hosts.noneFits], [0, undefined]);
  const old = host('bert', 2, { ...myVersions(), parlab: '0.0.1' });
  hosts.set([old]);
  assert.match(hosts.noneFits ?? '', /The worker on bert has ParLab 0\.0\.1/);
  hosts.set([old, host('anna', 1)]);
  assert.deepEqual([hosts.slots, hosts.noneFits], [1, undefined]);
});
