// A map over the hosts of a room while hosts and the broker are struck at random: every result right, in order, nothing
// twice, progress never back, and nothing left at the broker.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { placeOf } from '../../src/cluster/address';
import { openBroker } from '../../src/cluster/connection/broker';
import { closeLines } from '../../src/cluster/line/line';
import { getContext, type Pool } from '../../src/index';
import { startBroker, type TestBroker } from '../cluster/broker';
import { endHosts, startHost, type TestHost, until } from '../cluster/hosts';
import type { Random } from './random';

export interface RoomRounds {
  rounds: number;
  random: Random;
  tell(line: string): void;
}

const HOSTS = ['anna', 'bert', 'cleo'] as const;
const ITEMS = 60;

type Strike = (room: Struck) => Promise<void>;
interface Struck {
  readonly broker: TestBroker;
  readonly host: TestHost;
}

const STRIKES: { readonly [name: string]: Strike } = {
  kill: async ({ host }) => host.kill(),
  stop: async ({ host }) => {
    host.pause();
    await sleep(3000);
    host.goOn();
  },
  cut: async ({ host }) => {
    host.link.cut();
    await sleep(6000);
    host.link.heal();
  },
  leave: async ({ host }) => void (await host.leave()),
  'broker killed': async ({ broker }) => {
    await broker.kill();
    await sleep(500);
    await broker.restart();
  },
  'broker wiped': ({ broker }) => broker.restart({ wipe: true }),
  purge: async ({ broker }) => {
    // Where the other strike has just killed the broker, there is nothing to purge.
    const other = await openBroker(placeOf(broker.url()), 'a stranger').catch(() => undefined);
    await other?.jsm.streams.purge(other.names.workStream).catch(() => {});
    await other?.close();
  },
};

export async function roomRounds({ rounds, random, tell }: RoomRounds): Promise<void> {
  if (rounds === 0) return;
  process.env.PARLAB_LEASE_MS = '1000';
  const broker = await startBroker();
  const hosts = new Map<string, TestHost>();
  const pool = new (getContext(broker.url()).Pool)();
  try {
    for (let round = 1; round <= rounds; round++) {
      for (const name of HOSTS) if (!isAlive(hosts.get(name))) hosts.set(name, await startHost(broker, name));
      const names = [random.pick(Object.keys(STRIKES)), random.pick(Object.keys(STRIKES))];
      const strikes = names.map((name) => {
        const host = hosts.get(random.pick(HOSTS)) as TestHost;
        return { afterMs: random.below(1000), run: () => STRIKES[name]?.({ broker, host }) };
      });
      const began = performance.now();
      await mapDuring(pool, strikes);
      tell(`room ${round}: ${names.join(', ')}: right after ${Math.round(performance.now() - began)} ms`);
    }
    const other = await openBroker(placeOf(broker.url()), 'a stranger');
    const left = async () => (await other.jsm.streams.info(other.names.workStream)).state.messages;
    await until(async () => (await left()) === 0, 'no chunk is left at the broker');
    await other.close();
  } finally {
    pool.terminate();
    await pool.join();
    await closeLines();
    await endHosts();
    await broker.stop();
  }
}

async function mapDuring(
  pool: Pool,
  strikes: readonly { afterMs: number; run: () => Promise<void> | undefined }[],
): Promise<void> {
  const items = Array.from({ length: ITEMS }, (_, n) => n);
  const seen: number[] = [];
  const slow = async (n: number) => {
    await new Promise((resolve) => setTimeout(resolve, 60));
    return n * 3;
  };
  const result = pool.map(slow, items, {
    chunkSize: 1,
    timeout: 120_000,
    onProgress: ({ done }) => seen.push(done),
  });
  const struck = strikes.map(async ({ afterMs, run }) => {
    await sleep(afterMs);
    await run();
  });
  assert.deepEqual(
    await result,
    items.map((n) => n * 3),
  );
  await Promise.all(struck);
  assert.deepEqual(
    seen,
    [...seen].sort((a, b) => a - b),
  );
  assert.equal(seen.at(-1), ITEMS);
}

function isAlive(host: TestHost | undefined): boolean {
  try {
    return host !== undefined && process.kill(host.pid, 0);
  } catch {
    return false;
  }
}
