// A second program: connects to a manager whose address and key it is told, does one thing there, and says so.
import { type Address, BaseManager, type EventProxy, type LockProxy, type QueueProxy } from 'parlab';

class Work extends BaseManager {
  declare getQueue: () => Promise<QueueProxy<unknown>>;
  declare getLock: () => Promise<LockProxy>;
  declare getEvent: () => Promise<EventProxy>;
  declare Counter: (start: number) => Promise<unknown>;
}
for (const name of ['getQueue', 'getLock', 'getEvent', 'Counter']) Work.register(name);

const kept: unknown[] = [];

async function main(): Promise<void> {
  const [what, address = '', authkey = ''] = process.argv.slice(2);
  const manager = new Work({ address: JSON.parse(address) as Address, authkey });
  await manager.connect();
  const queue = await manager.getQueue();
  switch (what) {
    case 'put':
      await queue.put(['hello world', 1n, new Date(0)]);
      break;
    case 'hold':
      // Until it is killed.
      await (await manager.getLock()).acquire();
      kept.push(await manager.Counter(1), await manager.Counter(2));
      setInterval(() => {}, 1000);
      break;
    case 'get':
      void queue.get().then(console.log);
      await queue.qsize();
      break;
    default: {
      const lock = await manager.getLock();
      const wait = { lock: () => lock.acquireSync(), get: () => queue.getSync() }[String(what)];
      console.log('waiting');
      try {
        if (wait) wait();
        else await (await manager.getEvent()).wait();
      } catch (error) {
        console.log((error as Error).name);
      }
      return;
    }
  }
  console.log('done');
}

void main();
