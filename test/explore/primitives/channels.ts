// Programs with queues and pipes: each used rightly, and in a way that has a race.
import {
  type Connection,
  JoinableQueue,
  Lock,
  Pipe,
  Process,
  Queue,
  RawValue,
  SimpleQueue,
  wait,
  waitSync,
} from '../../../src';
import { pause, together } from './run-together';

type Program = () => unknown;

class Point {
  x: number;
  constructor(x: number) {
    this.x = x;
  }
  twice() {
    return this.x * 2;
  }
}

export const channels: Record<string, Program> = {
  'Queue, from two to one': async () => {
    const queue = new Queue<string>();
    const put = (name: string) => async () => {
      for (const n of [1, 2]) {
        await pause();
        await queue.put(`${name}${n}`);
      }
    };
    const children = [put('a'), put('b')].map((target) => new Process({ target }));
    for (const child of children) child.start();
    const got: string[] = [];
    for (let n = 0; n < 4; n++) got.push(await queue.get());
    for (const child of children) await child.join();
    return got.join(' ');
  },
  'Queue, asked whether it is empty': async () => {
    const queue = new Queue<number>();
    await queue.put(1);
    const take = async () => {
      await pause();
      if (!queue.empty()) {
        try {
          console.log('got', queue.getNowait());
        } catch (error) {
          console.log((error as Error).message);
        }
      }
    };
    await together(take, take);
    return queue.qsize();
  },
  'Queue, of one place': async () => {
    const queue = new Queue<number>(1);
    await together(
      async () => {
        for (const n of [1, 2, 3]) {
          await queue.put(n);
          console.log('put', n);
        }
      },
      async () => {
        for (const _ of [1, 2, 3]) console.log('got', queue.getSync());
      },
    );
    queue.putSync(4);
    try {
      queue.putNowait(5);
    } catch (error) {
      return [(error as Error).message, queue.full()];
    }
    return 'room';
  },
  'Queue, that waits only so long': async () => {
    const queue = new Queue<number>();
    const child = new Process({
      target: async () => {
        await pause();
        queue.putSync(1);
      },
    });
    child.start();
    let seen: unknown;
    try {
      seen = await queue.get({ timeout: 2 });
    } catch (error) {
      seen = (error as Error).message;
    }
    await child.join();
    return [seen, queue.qsize()];
  },
  'Queue, iterated and closed': async () => {
    const queue = new Queue<number>();
    await together(
      async () => {
        for await (const n of queue) {
          console.log(n);
          if (n === 2) queue.close();
        }
        console.log('over');
        await queue.get().catch((error: Error) => console.log(error.message));
      },
      async () => {
        for (const n of [1, 2, 3]) await queue.put(n);
      },
    );
    return queue.qsize();
  },
  'Queue, closed while two of its process wait': async () => {
    const queue = new Queue<number>(1);
    const full = new Queue<number>(1);
    full.putSync(0);
    const said: string[] = [];
    const say = (error: Error) => void said.push(error.message);
    const waits = [queue.get().catch(say), full.put(1).catch(say)];
    setTimeout(() => {
      queue.close();
      full.close();
    }, 5);
    await Promise.all(waits);
    return said.sort();
  },
  'Queue, of things that are no plain data': async () => {
    const queue = new Queue<unknown>();
    const lock = new Lock({ name: 'sent' });
    const total = new RawValue('int32', 0);
    const k = 7;
    await queue.put(lock);
    await queue.put((n: number) => n * k);
    await queue.put([new Point(4), new Map([['a', 1n]]), undefined, Number.NaN, new Date(0)]);
    await queue.put(lock);
    await together(async () => {
      const first = (await queue.get()) as Lock;
      const times = (await queue.get()) as (n: number) => number;
      const [point, map, nothing, nan, date] = (await queue.get()) as [
        Point,
        Map<string, bigint>,
        ...unknown[],
      ];
      await first.with(() => {
        total.value += times(6);
      });
      console.log(point.twice(), map.get('a'), nothing, nan, (date as Date).getTime(), lock.locked());
      console.log((await queue.get()) === first, first === lock);
    });
    return total.value;
  },
  'SimpleQueue, to and fro': async () => {
    const there = new SimpleQueue<number>();
    const back = new SimpleQueue<number>();
    const child = new Process({ target: () => back.putSync(there.getSync() + 1) });
    child.start();
    await there.put(1);
    const answer = await back.get();
    await child.join();
    back.close();
    return [answer, there.empty(), back.closed];
  },
  'SimpleQueue, read by two': async () => {
    const queue = new SimpleQueue<string>();
    await queue.put('a');
    await queue.put('b');
    const read = (name: string) => async () => {
      await pause();
      console.log(name, await queue.get());
    };
    await together(read('x'), read('y'));
    return queue.empty();
  },
  'JoinableQueue, joined': async () => {
    const jobs = new JoinableQueue<number>();
    const done = new RawValue('int32', 0);
    const worker = new Process({
      daemon: true,
      target: async () => {
        for await (const job of jobs) {
          await pause();
          done.value += job;
          jobs.taskDone();
        }
      },
    });
    worker.start();
    for (const job of [1, 2]) await jobs.put(job);
    return [await jobs.join(), done.value];
  },
  'JoinableQueue, whose worker says too early that it is done': async () => {
    const jobs = new JoinableQueue<number>();
    const done = new RawValue('int32', 0);
    const worker = new Process({
      target: async () => {
        const job = await jobs.get();
        jobs.taskDone();
        await pause();
        done.value += job;
        try {
          jobs.taskDone();
        } catch (error) {
          console.log((error as Error).name);
        }
      },
    });
    worker.start();
    await jobs.put(5);
    const all = jobs.joinSync({ timeout: 1000 });
    const seen = done.value;
    await worker.join();
    return [all, seen];
  },
  'Pipe, both ways': async () => {
    const [mine, theirs] = Pipe<number>();
    const child = new Process({
      target: async (end: Connection<number>) => {
        const n = await end.recv();
        end.sendSync(n + 1);
        end.close();
      },
      args: [theirs],
    });
    child.start();
    theirs.close();
    await mine.send(1);
    const answer = await mine.recv();
    let end = 'more';
    try {
      await mine.recv();
    } catch (error) {
      end = (error as Error).message;
    }
    await child.join();
    return [answer, end, theirs.closed, mine.readable, mine.writable];
  },
  'Pipe, one way and iterated': async () => {
    const [receiver, sender] = Pipe<string>(false);
    const child = new Process({
      target: async () => {
        receiver.close();
        for (const word of ['a', 'b']) await sender.send(word);
        sender.close();
      },
    });
    child.start();
    sender.close();
    const got: string[] = [];
    for await (const word of receiver) got.push(word);
    await child.join();
    return [got, receiver.writable, await receiver.poll()];
  },
  'Pipe, whose other end goes away': async () => {
    const [mine, theirs] = Pipe<number>();
    const child = new Process({ target: () => theirs.close() });
    child.start();
    theirs.close();
    await pause();
    let sent = 'sent';
    try {
      mine.sendSync(1);
    } catch (error) {
      sent = (error as Error).message;
    }
    await child.join();
    return sent;
  },
  'Pipe, of bytes': async () => {
    const [one, other] = Pipe();
    await together(
      async () => {
        const room = new Uint8Array(4);
        console.log(await other.recvBytesInto(room, 1), [...room].join());
        console.log([...other.recvBytesSync()].join());
        await other.recvBytes(2).catch((error: Error) => console.log(error.message));
      },
      async () => {
        await one.sendBytes(Uint8Array.of(1, 2, 3));
        one.sendBytesSync(Uint8Array.of(4, 5, 6), 1);
        await one.sendBytes(new Uint8Array(3));
      },
    );
  },
  'an end of a pipe, sent through a queue': async () => {
    const queue = new Queue<Connection<number>>();
    const [mine, theirs] = Pipe<number>();
    await queue.put(theirs);
    theirs.close();
    const child = new Process({
      target: async () => {
        const end = await queue.get();
        await end.send(9);
        end.close();
      },
    });
    child.start();
    const got = await mine.recv();
    await child.join();
    return got;
  },
  'wait(), for the first of several': async () => {
    const queues = [new Queue<number>(), new Queue<number>()] as const;
    const [mine, theirs] = Pipe<number>();
    const put = (queue: Queue<number>, n: number) => async () => {
      await pause();
      await queue.put(n);
    };
    const children = [
      put(queues[0], 1),
      put(queues[1], 2),
      async () => {
        await pause();
        await theirs.send(3);
      },
    ].map((target) => new Process({ target }));
    for (const child of children) child.start();
    const first = await wait([...queues, mine]);
    console.log(first.map((each) => [...queues, mine].indexOf(each as never)).join());
    for (const child of children) await child.join();
    return (await wait([...queues, mine])).length;
  },
  'waitSync(), for processes and with a timeout': async () => {
    const queue = new Queue<number>();
    console.log(waitSync([queue], { timeout: 1 }).length);
    const child = new Process({ target: pause });
    child.start();
    const [ended] = await wait([child.sentinel]);
    return [ended !== undefined, child.exitcode, waitSync([child, queue]).length];
  },
};
