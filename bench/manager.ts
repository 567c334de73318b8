// How many calls a second go through a proxy of an object that a manager's server has?
import { SyncManager } from '../src/index';
import { python } from './contenders';
import type { Case, Question } from './question';
import { times } from './quick';

const CALLS = times(5000);
const WARM = times(2000);
const KEY = 'bench';

const places = {
  'in a child of this program': (): SyncManager => new SyncManager(),
  'over a socket': (): SyncManager => new SyncManager({ address: ['127.0.0.1', 0], authkey: KEY }),
};

async function rate(isOverSocket: boolean, manager: SyncManager): Promise<number> {
  await using server = manager;
  await server.start();
  const client = isOverSocket ? new SyncManager({ address: server.address ?? '', authkey: KEY }) : server;
  if (client !== server) await client.connect();
  const list = await client.list([1, 2, 3]);
  for (let i = 0; i < WARM; i++) await list.length();
  const began = performance.now();
  for (let i = 0; i < CALLS; i++) await list.length();
  const seconds = (performance.now() - began) / 1000;
  if (client !== server) await client[Symbol.asyncDispose]();
  return CALLS / seconds;
}

const TURNS =
  'a call waits for a turn of the event loop on each side of the socket, and each turn asks the system what is ready before it reads; Python blocks in one read.';

export const manager: Question = {
  name: 'manager',
  title: 'How many calls a second go through a manager’s proxy?',
  note: 'One after the other, each awaited: `await list.length()`. Python’s managers always go over a socket.',
  cases: Object.entries(places).map(
    ([name, make], index): Case => ({
      name,
      unit: 'calls/s',
      better: 'more',
      measure: () => rate(index === 1, make()),
      beside: [python('manager_speed.py', [CALLS])],
      goals: [{ beside: 'Python', is: 'at least', value: 1, ifMissed: TURNS }],
    }),
  ),
};
