import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { placeOf } from '../../src/cluster/address';
import { openBroker } from '../../src/cluster/connection/broker';
import { nothingLeft } from '../nothing-left';
import { startBroker, type TestBroker } from './broker';

let broker: TestBroker;
before(async () => {
  broker = await startBroker();
});
after(async () => {
  await broker.stop();
  await nothingLeft();
});

test('a broker that has its key can be used', async () => {
  const { nc, close } = await openBroker(placeOf(broker.url()), 'a test');
  assert.equal(nc.info?.auth_required, true);
  await close();
});
