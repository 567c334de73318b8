// What a pool promises, of one whose work is done in a room.
import { after, before } from 'node:test';
import { closeLines } from '../../src/cluster/line/line';
import { getContext, type Pool } from '../../src/index';
import { keepsPoolPromises } from '../contract/pool-promises';
import { nothingLeft } from '../support/processes/nothing-left';
import { startBroker, type TestBroker } from './broker';
import { endHosts, startHost } from './hosts';

let broker: TestBroker;
before(async () => {
  broker = await startBroker();
  await Promise.all(['anna', 'bert'].map((name) => startHost(broker, name)));
});

keepsPoolPromises('a room', (sizes) => new (getContext(broker.url()).Pool)(sizes) as Pool);

after(async () => {
  await closeLines();
  await endHosts();
  await broker.stop();
  await nothingLeft();
});
