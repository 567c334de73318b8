// Programs with pools.
import { type AsyncResult, Pool, RawValue, ThreadPool } from '../../../src';
import { pause } from './run-together';

type Program = () => unknown;

const square = (n: number) => n * n;

export const pools: Record<string, Program> = {
  'Pool.map() and Pool.apply()': async () => {
    await using pool = new Pool({ processes: 2 });
    const squares = await pool.map(square, [1, 2, 3]);
    return [
      squares,
      await pool.apply(Math.hypot, [3, 4]),
      await pool.starmap(Math.max, [[1, 2]]),
      pool.processes.length,
    ];
  },
  'Pool, whose function changes what is shared': async () => {
    const total = new RawValue('int32', 0);
    await using pool = new Pool({ processes: 2 });
    const add = async (n: number) => {
      const seen = total.value;
      await pause();
      total.value = seen + n;
    };
    await pool.map(add, [1, 2]);
    return total.value;
  },
  'Pool.map(), that tells how far it is': async () => {
    await using pool = new Pool({ processes: 2 });
    const told: number[] = [];
    await pool.map(square, [1, 2, 3], { onProgress: ({ done }) => told.push(done) });
    return told;
  },
  'Pool, that prints': async () => {
    await using pool = new Pool({
      processes: 2,
      initializer: (word: string) => console.log(word),
      initargs: ['up'],
    });
    await pool.map(
      async (n: number) => {
        await pause();
        console.log(n);
      },
      [1, 2, 3],
    );
  },
  'Pool, whose function throws': async () => {
    await using pool = new Pool({ processes: 1 });
    const fail = (n: number) => {
      if (n === 2) throw new RangeError(`not ${n}`);
      return n;
    };
    try {
      await pool.map(fail, [1, 2, 3]);
    } catch (error) {
      const { name, message, cause } = error as Error;
      return [name, message, (cause as Error).name, await pool.apply(fail, [3])];
    }
    return 'all well';
  },
  'Pool, whose worker dies': async () => {
    await using pool = new Pool({ processes: 1 });
    try {
      await pool.apply(() => process.exit(3));
    } catch (error) {
      return [
        (error as Error).name,
        (error as Error).message.replace(/\d{3,}/, 'N'),
        await pool.apply(square, [4]),
      ];
    }
    return 'alive';
  },
  'Pool.applyAsync(), asked and joined': async () => {
    const pool = new Pool({ processes: 1 });
    const result: AsyncResult<number> = pool.applyAsync(square, [5], {
      callback: (n) => console.log('got', n),
    });
    pool.close();
    await result.wait();
    const asked = [result.ready(), result.successful(), await result.get()];
    await pool.join();
    try {
      await pool.apply(square, [1]);
    } catch (error) {
      return [asked, (error as Error).message];
    }
    return asked;
  },
  'Pool.imap(), in order': async () => {
    await using pool = new ThreadPool({ processes: 2 });
    const got: number[] = [];
    for await (const n of pool.imap(square, [1, 2, 3])) got.push(n);
    return got;
  },
  'Pool.imapUnordered()': async () => {
    await using pool = new Pool({ processes: 2 });
    const got: number[] = [];
    const slowly = async (n: number) => {
      await pause();
      return n;
    };
    for await (const n of pool.imapUnordered(slowly, [1, 2])) got.push(n);
    return got;
  },
  'Pool, whose work takes too long': async () => {
    await using pool = new Pool({ processes: 1 });
    const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    try {
      await pool.apply(() => sleep(3_000), [], { timeout: 30 });
    } catch (error) {
      return [(error as Error).message, await pool.apply(square, [3])];
    }
    return 'in time';
  },
};
