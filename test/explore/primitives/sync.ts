// Programs with locks and the like: each used rightly, and in a way that has a race.
import {
  Barrier,
  BoundedSemaphore,
  BrokenBarrierError,
  Condition,
  Event,
  Lock,
  Process,
  RawValue,
  RLock,
  Semaphore,
} from '../../../src';
import { pause, together } from './run-together';

type Program = () => unknown;

export const sync: Record<string, Program> = {
  'Lock, held around the change': async () => {
    const lock = new Lock();
    const total = new RawValue('int32', 0);
    const add = async () => {
      await pause();
      using _held = await lock.acquire();
      const seen = total.value;
      await pause();
      total.value = seen + 1;
    };
    await together(add, add);
    return total.value;
  },
  'Lock, given back between reading and writing': async () => {
    const lock = new Lock();
    const total = new RawValue('int32', 0);
    const add = async () => {
      const seen = await lock.with(() => total.value);
      await pause();
      lock.acquireSync();
      total.value = seen + 1;
      lock.release();
    };
    await together(add, add);
    return total.value;
  },
  'Lock, tried for a moment': async () => {
    const lock = new Lock();
    const got = new RawValue('int32', 0);
    const taken = await together(
      async () => {
        await lock.with(pause);
      },
      async () => {
        await pause();
        if (await lock.acquire({ timeout: 1 })) got.value = 1;
      },
    );
    return [got.value, taken.length];
  },
  'Lock, whose owner dies': async () => {
    const lock = new Lock();
    await together(() => {
      lock.acquireSync();
      process.exit(3);
    });
    try {
      await lock.acquire();
      return 'acquired';
    } catch (error) {
      const { name, message } = error as Error;
      return [
        name,
        message.replace(/^.* \(pid \d+\)/, 'somebody'),
        lock.locked(),
        (await lock.acquire({ timeout: 0 })) === false,
      ];
    }
  },
  'RLock, by one task twice and by another': async () => {
    const lock = new RLock();
    const seen: string[] = [];
    const task = async (name: string) => {
      await lock.with(async () => {
        seen.push(`${name}1`);
        await lock.with(pause);
        seen.push(`${name}2`);
      });
    };
    await Promise.all([task('a'), task('b')]);
    return seen.join(' ');
  },
  'RLock, released by a process that does not hold it': async () => {
    const lock = new RLock();
    const ready = new Event();
    const [child] = await together(async () => {
      try {
        lock.release();
      } catch (error) {
        console.log((error as Error).message);
      }
      await lock.acquire();
      lock.acquireSync();
      lock.release();
      console.log(lock.locked());
      lock.release();
      console.log(lock.locked());
      ready.set();
    });
    return [child?.exitcode, ready.isSet()];
  },
  'Semaphore, as seats': async () => {
    const seats = new Semaphore(2);
    const lock = new Lock();
    const now = new RawValue('int32', 0);
    const most = new RawValue('int32', 0);
    const sit = async () => {
      await seats.with(async () => {
        await lock.with(() => {
          now.value += 1;
          most.value = Math.max(most.value, now.value);
        });
        await pause();
        await lock.with(() => {
          now.value -= 1;
        });
      });
    };
    await together(sit, sit, sit);
    return most.value;
  },
  'Semaphore, whose holder dies': async () => {
    const seats = new Semaphore(1);
    await together(() => {
      seats.acquireSync();
      process.exit(0);
    });
    await seats.acquire();
    return [seats.getValue(), seats.locked()];
  },
  'BoundedSemaphore, released once too often': async () => {
    const seats = new BoundedSemaphore(1);
    const give = async () => {
      await pause();
      const seat = seats.acquireSync({ timeout: 0 });
      if (seat) seat.release();
      try {
        seats.release();
        console.log('released');
      } catch (error) {
        console.log((error as Error).name);
      }
    };
    await together(give, give);
    return seats.getValue();
  },
  'Event, waited for': async () => {
    const event = new Event();
    const value = new RawValue('int32', 0);
    await together(
      async () => {
        await event.wait();
        console.log(value.value);
      },
      () => {
        value.value = 7;
        event.set();
      },
    );
    return event.isSet();
  },
  'Event, looked at and cleared': async () => {
    const event = new Event();
    await together(
      async () => {
        await pause();
        event.set();
        await pause();
        event.clear();
      },
      async () => {
        await pause();
        console.log(event.isSet(), await event.wait({ timeout: 1 }));
      },
    );
  },
  'Condition, with a predicate': async () => {
    const changed = new Condition();
    const stock = new RawValue('int32', 0);
    await together(
      () =>
        changed.with(async () => {
          await changed.waitFor(() => stock.value > 0);
          console.log('bought', stock.value);
          stock.value -= 1;
        }),
      async () => {
        await pause();
        await changed.with(() => {
          stock.value += 1;
          changed.notify();
        });
      },
    );
    return stock.value;
  },
  'Condition, with a timeout instead of a predicate': async () => {
    const changed = new Condition(new Lock());
    await together(
      async () => {
        await pause();
        changed.acquireSync();
        console.log(changed.waitSync({ timeout: 2 }), changed.locked());
        changed.release();
      },
      async () => {
        await pause();
        await changed.with(() => changed.notifyAll());
      },
    );
    try {
      changed.notify();
    } catch (error) {
      return (error as Error).message;
    }
    return 'notified';
  },
  'Barrier, that all reach': async () => {
    const start = new Barrier(2, { action: () => console.log('all here') });
    const run = async () => {
      await pause();
      const place = await start.wait();
      console.log(place < 2);
    };
    await together(run, run);
    return [start.parties, start.nWaiting, start.broken];
  },
  'Barrier, that one gives up': async () => {
    const start = new Barrier(2);
    const run = async (timeout: number) => {
      await pause();
      try {
        await start.wait({ timeout });
        console.log('passed');
      } catch (error) {
        console.log(error instanceof BrokenBarrierError && error.reason.replace(/.*\)/, ''));
      }
    };
    await together(
      () => run(2),
      () => run(1000),
    );
    const { broken } = start;
    start.reset();
    return [broken, start.broken];
  },
  'Barrier, aborted': async () => {
    const start = new Barrier(2);
    const child = new Process({
      target: async () => {
        try {
          start.waitSync();
          console.log('passed');
        } catch (error) {
          console.log((error as Error).name);
        }
      },
    });
    child.start();
    await pause();
    start.abort();
    await child.join();
    return start.broken;
  },
  'a wait given up by its signal': async () => {
    const event = new Event();
    const child = new Process({
      target: async () => {
        await pause();
        event.set();
      },
    });
    child.start();
    let ended = 'set';
    try {
      await event.wait({ signal: AbortSignal.timeout(2) });
    } catch (error) {
      ended = `${(error as Error).name}: ${(error as Error).message}`;
    }
    await child.join();
    return ended;
  },
};
