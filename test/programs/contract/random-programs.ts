// Programs made by chance, run by real processes: `random-programs.js correct 0 60 process 4` runs those with the seeds 0 to 59, four at
// a time. A correct one must end without a word; `wrong` ones have one mistake each, and must hear of exactly that.
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Barrier,
  Condition,
  DeadlockError,
  Event,
  JoinableQueue,
  Lock,
  Pipe,
  Process,
  Queue,
  RawValue,
  RLock,
  Semaphore,
  type StartMethodName,
} from 'parlab';

type Chance = (below: number) => number;

/** Mulberry32. */
function chanceOf(seed: number): Chance {
  let state = (seed * 2_654_435_761) >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** What one process does in a phase; all that it needs it closes over. */
type Part = () => Promise<unknown>;
/** One part for each of `size` processes. It goes on to its end, whatever the others do after it. */
type Phase = (size: number, chance: Chance, told: Queue<string>) => Part[];

/** Now and then so long that everybody else has nothing to do but wait. */
function work(chance: Chance): Part {
  const kind = chance(16);
  const ms = kind < 12 ? chance(8) : kind < 15 ? 50 + chance(100) : 350 + chance(250);
  const how = chance(3);
  return async () => {
    if (how === 0) await sleep(ms);
    else if (how === 1) for (const end = Date.now() + ms; Date.now() < end; );
    else if (ms > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  };
}

function parts(size: number, make: (index: number) => Part): Part[] {
  return Array.from({ length: size }, (_, index) => make(index));
}

const correct: { readonly [name: string]: Phase } = {
  locks(size, chance) {
    const locks = Array.from({ length: 3 }, () => (chance(2) === 0 ? new Lock() : new RLock()));
    return parts(size, () => {
      const wanted = locks.filter(() => chance(3) > 0);
      const inside = work(chance);
      const how = chance(3);
      const take = async (index: number): Promise<void> => {
        const lock = wanted[index];
        if (lock === undefined) await inside();
        else if (how === 0) await lock.with(() => take(index + 1));
        else {
          const held = how === 1 ? await lock.acquire() : lock.acquireSync();
          await take(index + 1);
          held.release();
        }
      };
      return () => take(0);
    });
  },
  queue(size, chance) {
    const queue = new Queue<number>(chance(2) === 0 ? 0 : 1 + chance(2));
    const items = (size - 1) * (1 + chance(3));
    const pause = work(chance);
    const blocks = chance(2) === 0;
    return parts(size, (index) => async () => {
      const count = index === 0 ? items : items / (size - 1);
      for (let done = 0; done < count; done++) {
        if (index === 0) await (blocks ? queue.putSync(done) : queue.put(done));
        else await (blocks ? queue.getSync() : queue.get());
        if (done === 0) await pause();
      }
    });
  },
  sentinels(size, chance) {
    const queue = new Queue<string | null>(chance(3));
    const items = chance(6);
    const pause = work(chance);
    return parts(size, (index) => async () => {
      if (index > 0) {
        while ((await queue.get()) !== null) await pause();
        return;
      }
      for (let item = 0; item < items; item++) await queue.put(`item ${item}`);
      for (let consumer = 1; consumer < size; consumer++) await queue.put(null);
    });
  },
  tasks(size, chance) {
    const jobs = new JoinableQueue<number>();
    const items = (size - 1) * (1 + chance(2));
    const pause = work(chance);
    return parts(size, (index) => async () => {
      if (index === 0) {
        for (let item = 0; item < items; item++) jobs.putSync(item);
        await jobs.join();
        return;
      }
      for (let done = 0; done < items / (size - 1); done++) {
        await jobs.get();
        await pause();
        jobs.taskDone();
      }
    });
  },
  barrier(size, chance) {
    const barrier = new Barrier(size);
    const rounds = 1 + chance(2);
    return parts(size, () => {
      const before = work(chance);
      const blocks = chance(2) === 0;
      return async () => {
        for (let round = 0; round < rounds; round++) {
          await before();
          await (blocks ? barrier.waitSync() : barrier.wait());
        }
      };
    });
  },
  event(size, chance) {
    const event = new Event();
    const before = work(chance);
    const blocks = chance(2) === 0;
    return parts(size, (index) => async () => {
      if (index > 0) await (blocks ? event.waitSync() : event.wait());
      else await before();
      event.set();
    });
  },
  semaphore(size, chance) {
    const seats = new Semaphore(1 + chance(2));
    return parts(size, () => {
      const inside = work(chance);
      return () => seats.with(inside);
    });
  },
  condition(size, chance) {
    const condition = new Condition(chance(2) === 0 ? new Lock() : new RLock());
    const stock = new RawValue('int32', 0);
    const before = work(chance);
    return parts(size, (index) => async () => {
      if (index === 0) await before();
      await condition.with(async () => {
        if (index > 0) await condition.waitFor(() => stock.value > 0);
        else {
          stock.value = 1;
          condition.notifyAll();
        }
      });
    });
  },
  pipe(size, chance) {
    const [one, other] = Pipe<string>();
    const pause = work(chance);
    return parts(size, (index) => async () => {
      if (index === 0) {
        await pause();
        await one.send('question');
        await one.recv();
      } else if (index === 1) {
        await other.recv();
        await pause();
        await other.send('answer');
      }
    });
  },
  grandchild(size, chance) {
    const order = new Lock();
    const inside = work(chance);
    const blocks = chance(2) === 0;
    return parts(size, (index) => async () => {
      if (index > 0) return order.with(inside);
      const child = new Process({
        target: () => order.with(inside),
        method: process.argv[5] as StartMethodName,
      });
      child.start();
      if (blocks) child.joinSync();
      else await child.join();
      if (child.exitcode !== 0) throw new Error('A grandchild failed.');
    });
  },
};

const nothing: Part = async () => {};

/** Each has one mistake. */
const wrong: { readonly [kind: string]: Phase } = {
  'circular-wait'(size, chance) {
    const kind = chance(2) === 0 ? Lock : RLock;
    const locks = Array.from({ length: size }, () => new kind());
    const all = new Barrier(size);
    return parts(size, (index) => {
      const pause = work(chance);
      const blocks = chance(2) === 0;
      return async () => {
        const first = await locks[index]!.acquire();
        try {
          await all.wait();
          await pause();
          const next = locks[(index + 1) % size]!;
          using _ = blocks ? next.acquireSync() : await next.acquire();
        } finally {
          first.release();
        }
      };
    });
  },
  'double-acquire'(size, chance) {
    const locks = Array.from({ length: size }, () => new Lock());
    const careless = chance(size);
    return parts(size, (index) => {
      const pause = work(chance);
      return async () => {
        const held = await locks[index]!.acquire();
        await pause();
        if (index === careless) await locks[index]!.acquire();
        held.release();
      };
    });
  },
  'join-while-holding'(size, chance, told) {
    const lock = chance(2) === 0 ? new Lock() : new RLock();
    const pause = work(chance);
    return parts(size, (index) => async () => {
      if (index > 0) return;
      await lock.with(async () => {
        const child = new Process({
          target: () => telling(told, () => lock.with(nothing)),
          method: process.argv[5] as StartMethodName,
        });
        child.start();
        await pause();
        await child.join();
      });
    });
  },
  'unanswered-get'(size, chance) {
    const queue = new Queue<number>(chance(3));
    const items = 1 + chance(3);
    const pause = work(chance);
    return parts(size, (index) => async () => {
      if (index > 1) return;
      for (let done = 0; done < items + index; done++) await (index === 0 ? queue.put(done) : queue.get());
      await pause();
    });
  },
  'join-before-draining'(size, chance) {
    const queue = new Queue<number>(1 + chance(2));
    const pause = work(chance);
    return parts(size, (index) => async () => {
      await pause();
      for (let done = 0; index === 0 && done < 4; done++) await queue.put(done);
    });
  },
  'missing-task-done'(size, chance) {
    const jobs = new JoinableQueue<number>();
    const pause = work(chance);
    return parts(size, (index) => async () => {
      if (index === 0) {
        for (let item = 0; item < 2; item++) jobs.putSync(item);
        await jobs.join();
      } else if (index === 1) {
        await jobs.get();
        jobs.taskDone();
        await jobs.get();
        await pause();
      }
    });
  },
  'unset-event'(size, chance) {
    const event = new Event();
    return parts(size, (index) => (index === 0 ? () => event.wait() : work(chance)));
  },
  'missing-notify'(size, chance) {
    const condition = new Condition();
    const before = work(chance);
    return parts(size, (index) => async () => {
      if (index === 0) await condition.with(() => condition.wait());
      else await before();
    });
  },
  'no-permit-left'(size, chance) {
    const seats = new Semaphore(1);
    const pause = work(chance);
    return parts(size, (index) => async () => {
      if (index === 0) await seats.acquire();
      await pause();
      if (index === 0) await seats.acquire();
    });
  },
  'barrier-not-reached'(size, chance) {
    const barrier = new Barrier(size + 1);
    return parts(size, () => {
      const before = work(chance);
      return async () => {
        await before();
        await barrier.wait();
      };
    });
  },
  'unanswered-recv'(size, chance) {
    const [one, other] = Pipe<string>();
    const pause = work(chance);
    return parts(size, (index) => async () => {
      await pause();
      if (index < 2) await (index === 0 ? one : other).recv();
    });
  },
  'forgetful-owner'(size, chance) {
    const lock = chance(2) === 0 ? new Lock() : new RLock();
    const jobs = new Queue<number>();
    const begun = new Event();
    const pause = work(chance);
    return parts(size, (index) => async () => {
      if (index === 1) await begun.wait();
      if (index < 2) {
        await lock.with(async () => {
          begun.set();
          await pause();
          await (index === 0 ? jobs.get() : jobs.put(1));
        });
      }
    });
  },
};

/** Of a wrong program, only what is said of the hang counts: a barrier breaks behind it, for example. */
async function telling(told: Queue<string>, run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (error instanceof DeadlockError) told.putSync(error.hang.kind);
    else if (process.argv[2] === 'correct') told.putSync(String(error));
  }
}

interface Program {
  readonly expected: string | undefined;
  readonly parts: readonly (readonly Part[])[];
}

function programOf(seed: number, isWrong: boolean, told: Queue<string>): Program {
  const chance = chanceOf(seed);
  const size = 2 + chance(3);
  const names = Object.keys(correct);
  const phases = Array.from(
    { length: (isWrong ? 0 : 1) + chance(3) },
    () => correct[names[chance(names.length)]!]!,
  );
  const kinds = Object.keys(wrong);
  const expected = isWrong ? kinds[seed % kinds.length] : undefined;
  if (expected !== undefined) phases.push(wrong[expected]!);
  return { expected, parts: phases.map((phase) => phase(size, chance, told)) };
}

function runPart(index: number, phases: readonly (readonly Part[])[], told: Queue<string>): Promise<void> {
  return telling(told, async () => {
    for (const phase of phases) await phase[index]!();
  });
}

async function runProgram(
  seed: number,
  isWrong: boolean,
  method: StartMethodName,
): Promise<string | undefined> {
  const told = new Queue<string>();
  const program = programOf(seed, isWrong, told);
  const processes = program.parts[0]!.map((_, index) => {
    return new Process({
      target: runPart,
      args: [index, program.parts, told],
      method,
      name: `${seed}-${index}`,
    });
  });
  for (const each of processes) each.start();
  if (chanceOf(seed + 1)(2) === 0) for (const each of processes) await each.join();
  else await Promise.all(processes.map((each) => each.join()));
  const kinds: string[] = [];
  while (!told.empty()) kinds.push(told.getSync());
  if (processes.some(({ exitcode }) => exitcode !== 0)) kinds.push('exit code');
  const isRight = isWrong ? kinds[0] === program.expected : kinds.length === 0;
  return isRight ? undefined : `${seed} (${program.expected ?? 'correct'}): ${kinds.join(', ') || 'nothing'}`;
}

async function main(): Promise<void> {
  const [which, first = '0', count = '60', method = 'process', abreast = '4'] = process.argv.slice(2);
  const seeds = Array.from({ length: Number(count) }, (_, index) => Number(first) + index);
  const run = async () => {
    for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
      const fault = await runProgram(seed, which === 'wrong', method as StartMethodName);
      if (fault !== undefined) console.log(fault);
    }
  };
  await Promise.all(Array.from({ length: Number(abreast) }, run));
  console.log('done');
}
void main();
