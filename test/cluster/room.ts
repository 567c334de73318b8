// A room of its own for a test file, on a broker of its own: opened before the tests, and gone behind them.
import { after, before } from 'node:test';
import { closeLines } from '../../src/cluster/line/line';
import { getContext } from '../../src/context/context';
import type { RoomContext } from '../../src/context/room-context';
import { nothingLeft } from '../support/processes/nothing-left';
import { type BrokerOptions, startBroker, type TestBroker } from './broker';

/** The shortest that the broker can count, so that the tests of deaths are quick. */
export const LEASE_MS = 1000;

export interface TestRoom {
  readonly broker: TestBroker;
  readonly mp: RoomContext;
}

export function openRoom(options?: BrokerOptions): TestRoom {
  process.env.PARLAB_LOCK_LEASE_MS = String(LEASE_MS);
  const room: { broker?: TestBroker; mp?: RoomContext } = {};
  before(async () => {
    room.broker = await startBroker(options);
    room.mp = getContext(room.broker.url());
  });
  after(async () => {
    await closeLines();
    await room.broker?.stop();
    await nothingLeft();
  });
  return room as TestRoom;
}
