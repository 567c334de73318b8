// A room of its own for a test file, on a broker of its own: opened before the tests, and gone behind them.
import { after, before } from 'node:test';
import { closeLines } from '../../src/cluster/line/line';
import { getContext } from '../../src/context/context';
import type { RoomContext } from '../../src/context/room-context';
import type { Pool } from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';
import { type BrokerOptions, startBroker, type TestBroker } from './broker';
import { endHosts, type HostOptions, startHost, type TestHost } from './hosts';

/** The shortest that the broker can count, so that the tests of deaths are quick. */
export const LEASE_MS = 1000;

export interface TestRoom {
  readonly broker: TestBroker;
  readonly mp: RoomContext;
  readonly hosts: ReadonlyMap<string, TestHost>;
  /** Of all hosts. Terminated before they end. */
  readonly pool: Pool;
  /** Resolves when all hosts have joined. */
  readonly whenOpen: Promise<void>;
  /** One more of its hosts, or one in the place of another. */
  join(name: string, options?: HostOptions): Promise<TestHost>;
}

export interface RoomOptions extends BrokerOptions {
  /** Their names. */
  hosts?: readonly string[];
  /** Of each of them. */
  each?: HostOptions;
}

export function openRoom({ hosts: names = [], each = {}, ...options }: RoomOptions = {}): TestRoom {
  process.env.PARLAB_LOCK_LEASE_MS = String(LEASE_MS);
  process.env.PARLAB_LEASE_MS = String(LEASE_MS);
  const hosts = new Map<string, TestHost>();
  let opened: { broker: TestBroker; mp: RoomContext } | undefined;
  let pool: Pool | undefined;
  let tellOpen: () => void = () => {};
  const whenOpen = new Promise<void>((resolve) => {
    tellOpen = resolve;
  });
  const there = () => {
    if (opened === undefined) throw new Error('The room is open while its tests run.');
    return opened;
  };
  const join = async (name: string, more: HostOptions = {}) => {
    const host = await startHost(there().broker, name, { ...each, ...more });
    hosts.set(name, host);
    return host;
  };
  before(async () => {
    const broker = await startBroker(options);
    opened = { broker, mp: getContext(broker.url()) };
    await Promise.all(names.map((name) => join(name)));
    tellOpen();
  });
  after(async () => {
    pool?.terminate();
    await pool?.join();
    await closeLines();
    await endHosts();
    await opened?.broker.stop();
    await nothingLeft();
  });
  return {
    get broker() {
      return there().broker;
    },
    get mp() {
      return there().mp;
    },
    get pool() {
      pool ??= new (there().mp.Pool)() as Pool;
      return pool;
    },
    hosts,
    whenOpen,
    join,
  };
}
