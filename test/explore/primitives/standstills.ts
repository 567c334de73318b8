// Programs that come to a standstill, and go on because somebody catches the DeadlockError.
import { Barrier, Condition, DeadlockError, Event, Lock, Process, Queue, RawValue } from '../../../src';
import { pause, together } from './run-together';

type Program = () => unknown;

async function toldOf(wait: () => unknown): Promise<string> {
  try {
    await wait();
    return 'nothing';
  } catch (error) {
    return error instanceof DeadlockError ? error.hang.kind : 'another error';
  }
}

export const standstills: Record<string, Program> = {
  'two locks the wrong way round, and both give way': async () => {
    const left = new Lock();
    const right = new Lock();
    const eaten = new RawValue('int32', 0);
    const eat = (first: Lock, second: Lock) => async () => {
      for (;;) {
        await first.acquire();
        await pause();
        const told = await toldOf(() => second.acquire());
        if (told === 'nothing') break;
        first.release();
      }
      eaten.value += 1;
      second.release();
      first.release();
    };
    await together(eat(left, right), eat(right, left));
    return eaten.value;
  },
  'two locks the wrong way round, and one of them knows what to do': async () => {
    const left = new Lock();
    const right = new Lock();
    const careless = () => {
      left.acquireSync();
      right.acquireSync();
      console.log('careless');
    };
    const careful = () => {
      right.acquireSync();
      try {
        left.acquireSync();
        console.log('careful');
      } catch (error) {
        console.log((error as Error).name);
      }
      right.release();
    };
    const children = await together(careless, careful);
    return children.map(({ exitcode }) => exitcode);
  },
  'a lock that is taken twice': async () => {
    const lock = new Lock();
    await lock.acquire();
    return await toldOf(() => lock.acquire());
  },
  'an item that nobody puts': async () => {
    const jobs = new Queue<number>();
    const child = new Process({
      target: async () => {
        console.log(await toldOf(() => jobs.get()));
        await jobs.put(1);
      },
    });
    child.start();
    await child.join();
    return await jobs.get();
  },
  'a barrier to which one does not come': async () => {
    const barrier = new Barrier(3);
    const come = () => {
      try {
        barrier.waitSync();
      } catch (error) {
        console.log((error as Error).name);
      }
    };
    await together(come, come);
    return barrier.broken;
  },
  'a condition of which nobody is told': async () => {
    const change = new Condition();
    await together(async () => {
      await change.acquire();
      console.log(await toldOf(() => change.wait()));
      change.release();
    });
    return change.locked();
  },
  'an event that nobody sets, and one who would after an item': async () => {
    const ready = new Event();
    const jobs = new Queue<number>();
    const say = async (wait: () => unknown) => console.log(await toldOf(wait));
    await together(
      () => say(() => ready.wait()),
      async () => {
        await say(() => jobs.get());
        ready.set();
      },
    );
    return ready.isSet();
  },
  'two who wait for what nobody brings, and each hears of its own wait': async () => {
    const jobs = new Queue<number>(0, { name: 'jobs' });
    const heard = new Queue<string>();
    const ask = async () => {
      try {
        await jobs.get();
      } catch (error) {
        await heard.put((error as Error).message);
      }
    };
    const both = ['Ada', 'Bob'].map((name) => new Process({ name, target: ask }));
    for (const each of both) each.start();
    for (const each of both) await each.join();
    return [await heard.get(), await heard.get()].toSorted();
  },
};
