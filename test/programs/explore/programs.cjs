// What explore() is tried on, as a student would write it in a cell: locks, queues, sentinels, greeters,
// conditions, timeouts.
const {
  Process,
  Lock,
  RawValue,
  Value,
  SharedArray,
  Queue,
  Semaphore,
  Event,
  Condition,
  Barrier,
} = require('parlab');
const { setTimeout: sleep } = require('node:timers/promises');
const counter = new RawValue('int32', 0);
const lock = new Lock();
exports.lostUpdate = {
  options: { expect: 2 },
  program: async () => {
    const increment = () => {
      counter.value = counter.value + 1;
    };
    const ps = [1, 2].map(() => new Process({ target: increment }));
    for (const p of ps) p.start();
    for (const p of ps) await p.join();
    return counter.value;
  },
};
exports.lostUpdateAsyncGap = {
  options: { expect: 2 },
  program: async () => {
    const increment = async () => {
      const n = counter.value;
      await sleep(Math.random() * 10);
      counter.value = n + 1;
    };
    const ps = [1, 2].map(() => new Process({ target: increment }));
    for (const p of ps) p.start();
    for (const p of ps) await p.join();
    return counter.value;
  },
};
exports.threeSteps = {
  options: {},
  program: async () => {
    // read, add, write as three steps each: "all 20 orders"
    const scratch = new SharedArray('int32', 2);
    const work = (i) => {
      scratch[i] = counter.value;
      scratch[i] = scratch[i] + 1;
      counter.value = scratch[i];
    };
    const ps = [0, 1].map((i) => new Process({ target: work, args: [i] }));
    for (const p of ps) p.start();
    for (const p of ps) await p.join();
    return counter.value;
  },
};
exports.three = {
  options: {},
  program: async () => {
    const say = (name) => {
      console.log(`${name}1`);
      console.log(`${name}2`);
      console.log(`${name}3`);
    };
    const ps = ['a', 'b'].map((name) => new Process({ target: say, args: [name] }));
    for (const p of ps) p.start();
    for (const p of ps) await p.join();
  },
};
exports.sixEach = {
  options: {},
  program: async () => {
    const work = () => {
      for (let i = 0; i < 3; i++) counter.value = counter.value + 1;
    };
    const ps = [1, 2].map(() => new Process({ target: work }));
    for (const p of ps) p.start();
    for (const p of ps) await p.join();
    return counter.value;
  },
};
exports.locked = {
  options: { expect: 2 },
  program: async () => {
    const increment = async () => {
      await lock.acquire();
      counter.value = counter.value + 1;
      lock.release();
    };
    const ps = [1, 2].map(() => new Process({ target: increment }));
    for (const p of ps) p.start();
    for (const p of ps) await p.join();
    return counter.value;
  },
};
exports.lockedSync = {
  options: { expect: 2 },
  program: () => {
    const increment = () => {
      lock.acquireSync();
      counter.value++;
      lock.release();
    };
    const ps = [1, 2].map(() => new Process({ target: increment }));
    for (const p of ps) p.start();
    for (const p of ps) p.joinSync();
    return counter.value;
  },
};
exports.lockedWith = {
  options: { expect: 3 },
  program: async () => {
    const total = new Value('int32', 0);
    const increment = () =>
      total.with(() => {
        total.value += 1;
      });
    const ps = [1, 2, 3].map(() => new Process({ target: increment }));
    for (const p of ps) p.start();
    for (const p of ps) await p.join();
    return total.value;
  },
};
exports.twoLocks = {
  options: { expect: 'fine' },
  program: async () => {
    const left = new Lock({ name: 'left' }),
      right = new Lock({ name: 'right' });
    const eat = async (first, second) => {
      await first.acquire();
      await second.acquire();
      second.release();
      first.release();
    };
    const a = new Process({ target: eat, args: [left, right], name: 'Ada' });
    const b = new Process({ target: eat, args: [right, left], name: 'Bob' });
    a.start();
    b.start();
    await a.join();
    await b.join();
    return 'fine';
  },
};
exports.wrongLock = {
  options: { expect: 2 },
  program: async () => {
    const increment = async () => {
      const own = new Lock();
      await own.acquire();
      counter.value = counter.value + 1;
      own.release();
    };
    const ps = [1, 2].map(() => new Process({ target: increment }));
    for (const p of ps) p.start();
    for (const p of ps) await p.join();
    return counter.value;
  },
};
exports.oneSideLocks = {
  options: { expect: 2 },
  program: async () => {
    const careful = async () => {
      await lock.acquire();
      counter.value = counter.value + 1;
      lock.release();
    };
    const careless = async () => {
      counter.value = counter.value + 1;
    };
    const ps = [careful, careless].map((target) => new Process({ target }));
    for (const p of ps) p.start();
    for (const p of ps) await p.join();
    return counter.value;
  },
};
exports.forgottenAwait = {
  options: { expect: 2 },
  program: async () => {
    const increment = async () => {
      lock.acquire();
      counter.value = counter.value + 1;
      lock.release();
    };
    const ps = [1, 2].map(() => new Process({ target: increment }));
    for (const p of ps) p.start();
    for (const p of ps) await p.join();
    return counter.value;
  },
};
exports.missingSentinel = {
  options: {},
  program: async () => {
    const jobs = new Queue();
    const work = async () => {
      for (;;) {
        const job = await jobs.get();
        if (job === 'DONE') return;
      }
    };
    const ps = ['Ada', 'Bob'].map((name) => new Process({ target: work, name }));
    for (const p of ps) p.start();
    for (const job of [1, 2]) await jobs.put(job);
    await jobs.put('DONE');
    for (const p of ps) await p.join();
  },
};
exports.bothSentinels = {
  options: {},
  program: async () => {
    const jobs = new Queue(),
      answers = new Queue();
    const work = async () => {
      for (;;) {
        const job = await jobs.get();
        if (job === 'DONE') return;
        await answers.put(job * job);
      }
    };
    const ps = ['Ada', 'Bob'].map((name) => new Process({ target: work, name }));
    for (const p of ps) p.start();
    for (const job of [1, 2, 3]) await jobs.put(job);
    for (const _ of ps) await jobs.put('DONE');
    const got = [];
    for (let i = 0; i < 3; i++) got.push(await answers.get());
    for (const p of ps) await p.join();
    return got.sort().join(' ');
  },
};
function greeters(n, isLocked) {
  return async () => {
    const lock = new Lock();
    const greet = async (name) => {
      if (isLocked) await lock.acquire();
      process.stdout.write(`Hello `);
      process.stdout.write(`${name}\n`);
      if (isLocked) lock.release();
    };
    const ps = Array.from({ length: n }, (_, i) => new Process({ target: greet, args: [i] }));
    for (const p of ps) p.start();
    for (const p of ps) await p.join();
  };
}
const whole = ({ printed }) => /^(Hello \d\n)*$/.test(printed.join(''));
exports.threeGreetersLock = { options: { expect: whole }, program: greeters(3, true) };
exports.threeGreeters = { options: { expect: whole }, program: greeters(3, false) };
exports.fiveGreetersLock = { options: { expect: whole }, program: greeters(5, true) };
exports.tenGreetersLock = { options: { expect: whole, orders: 1000 }, program: greeters(10, true) };
exports.tenGreetersLockAnyOrder = { options: { expect: whole, anyOrder: true }, program: greeters(10, true) };
exports.fiveGreetersAnyOrder = { options: { expect: whole, anyOrder: true }, program: greeters(5, false) };
exports.tenGreeters = { options: { expect: whole, orders: 1000 }, program: greeters(10, false) };
exports.resultNoJoin = {
  options: { expect: 5 },
  program: async () => {
    const q = new Queue();
    const add = async (a, b) => {
      await q.put(a + b);
    };
    const p = new Process({ target: add, args: [2, 3] });
    p.start();
    return await q.get();
  },
};
exports.readBeforeJoin = {
  options: { expect: 7 },
  program: async () => {
    const box = new RawValue('int32', 0);
    const p = new Process({
      target: () => {
        box.value = 7;
      },
    });
    p.start();
    const seen = box.value;
    await p.join();
    return seen;
  },
};
exports.joinOrder = {
  options: {},
  program: async () => {
    const slow = new Process({
      target: async () => {
        await sleep(1000);
        console.log('slow');
      },
    });
    const fast = new Process({
      target: async () => {
        console.log('fast');
      },
    });
    slow.start();
    fast.start();
    await slow.join();
    console.log('slow joined');
    await fast.join();
    console.log('fast joined');
  },
};
exports.mergeOrder = {
  options: { expect: 'ab' },
  program: async () => {
    const q = new Queue();
    for (const part of ['a', 'b'])
      new Process({
        target: async () => {
          await q.put(part);
        },
      }).start();
    return (await q.get()) + (await q.get());
  },
};
exports.doubleAcquire = {
  options: {},
  program: async () => {
    const own = new Lock({ name: 'the lock' });
    const p = new Process({
      name: 'Ada',
      target: async () => {
        await own.acquire();
        await own.acquire();
      },
    });
    p.start();
    await p.join();
  },
};
exports.failingChild = {
  options: {},
  program: async () => {
    const p = new Process({
      name: 'Ada',
      target: () => {
        if (counter.value === 0) throw new TypeError('nothing there');
      },
    });
    p.start();
    counter.value = 1;
    await p.join();
    return p.exitcode;
  },
};
exports.spin = {
  options: { expect: 42 },
  program: async () => {
    const ready = new RawValue('int32', 0),
      data = new RawValue('int32', 0),
      seen = new RawValue('int32', 0);
    const writer = new Process({
      target: () => {
        data.value = 42;
        ready.value = 1;
      },
    });
    const reader = new Process({
      target: () => {
        while (ready.value === 0);
        seen.value = data.value;
      },
    });
    reader.start();
    writer.start();
    await reader.join();
    await writer.join();
    return seen.value;
  },
};
exports.spinWrong = {
  options: { expect: 42 },
  program: async () => {
    const ready = new RawValue('int32', 0),
      data = new RawValue('int32', 0),
      seen = new RawValue('int32', 0);
    const writer = new Process({
      target: () => {
        ready.value = 1;
        data.value = 42;
      },
    });
    const reader = new Process({
      target: async () => {
        while (ready.value === 0) await sleep(5);
        seen.value = data.value;
      },
    });
    reader.start();
    writer.start();
    await reader.join();
    await writer.join();
    return seen.value;
  },
};
exports.spinForEver = {
  options: {},
  program: async () => {
    const ready = new RawValue('int32', 0);
    const reader = new Process({
      name: 'Ada',
      target: () => {
        while (ready.value === 0);
      },
    });
    reader.start();
    await reader.join();
  },
};
exports.endlessLoop = {
  options: {},
  program: async () => {
    const p = new Process({
      name: 'Ada',
      target: () => {
        for (;;);
      },
    });
    p.start();
    await p.join();
  },
};
exports.condition = {
  options: {},
  program: async () => {
    const changed = new Condition(),
      stock = new RawValue('int32', 0);
    // Badly used: looks before it takes the lock.
    const buyer = new Process({
      name: 'Buyer',
      target: async () => {
        if (stock.value === 0) {
          await changed.acquire();
          await changed.wait();
          changed.release();
        }
        stock.value -= 1;
      },
    });
    const baker = new Process({
      name: 'Baker',
      target: async () => {
        await changed.acquire();
        stock.value = 1;
        changed.notify();
        changed.release();
      },
    });
    buyer.start();
    baker.start();
    await buyer.join();
    await baker.join();
    return stock.value;
  },
};
exports.conditionRight = {
  options: { expect: 0 },
  program: async () => {
    const changed = new Condition(),
      stock = new RawValue('int32', 0);
    const buyer = new Process({
      name: 'Buyer',
      target: async () => {
        await changed.acquire();
        while (stock.value === 0) await changed.wait();
        stock.value -= 1;
        changed.release();
      },
    });
    const baker = new Process({
      name: 'Baker',
      target: async () => {
        await changed.acquire();
        stock.value = 1;
        changed.notify();
        changed.release();
      },
    });
    buyer.start();
    baker.start();
    await buyer.join();
    await baker.join();
    return stock.value;
  },
};
exports.semaphore = {
  options: { invariant: undefined },
  program: async () => {
    const seats = new Semaphore(2),
      inside = new RawValue('int32', 0),
      most = new RawValue('int32', 0),
      guard = new Lock();
    const sit = async () => {
      await seats.acquire();
      await guard.acquire();
      inside.value += 1;
      most.value = Math.max(most.value, inside.value);
      guard.release();
      await guard.acquire();
      inside.value -= 1;
      guard.release();
      seats.release();
    };
    const ps = [1, 2, 3].map(() => new Process({ target: sit }));
    for (const p of ps) p.start();
    for (const p of ps) await p.join();
    return most.value;
  },
};
exports.barrier = {
  options: {},
  program: async () => {
    const meet = new Barrier(2);
    const go = async (name) => {
      console.log(`${name} before`);
      await meet.wait();
      console.log(`${name} after`);
    };
    const ps = ['a', 'b'].map((name) => new Process({ target: go, args: [name] }));
    for (const p of ps) p.start();
    for (const p of ps) await p.join();
  },
};
exports.event = {
  options: {},
  program: async () => {
    const ready = new Event();
    const p = new Process({
      target: async () => {
        await ready.wait();
        console.log('child goes');
      },
    });
    p.start();
    console.log('parent sets');
    ready.set();
    await p.join();
  },
};
exports.timeout = {
  options: {},
  program: async () => {
    const own = new Lock();
    const p = new Process({
      target: async () => {
        const held = await own.acquire({ timeout: 100 });
        console.log(held ? 'got it' : 'gave up');
        if (held) own.release();
      },
    });
    await own.acquire();
    p.start();
    await sleep(50);
    own.release();
    await p.join();
  },
};
exports.nested = {
  options: { expect: 2 },
  program: async () => {
    const inner = () => {
      counter.value = counter.value + 1;
    };
    const outer = async () => {
      const p = new Process({ target: inner });
      p.start();
      counter.value = counter.value + 1;
      await p.join();
    };
    const p = new Process({ target: outer });
    p.start();
    await p.join();
    return counter.value;
  },
};
exports.ownerDies = {
  options: {},
  program: async () => {
    const own = new Lock();
    const a = new Process({
      name: 'Ada',
      target: async () => {
        await own.acquire();
        process.exit(3);
      },
    });
    const b = new Process({
      name: 'Bob',
      target: async () => {
        await own.acquire();
        own.release();
      },
    });
    a.start();
    b.start();
    await a.join();
    await b.join();
    return [a.exitcode, b.exitcode];
  },
};
exports.twoTasks = {
  options: {},
  program: async () => {
    const q1 = new Queue(),
      q2 = new Queue();
    const both = new Process({
      target: async () => {
        await Promise.all([q1.get().then((x) => console.log(x)), q2.get().then((x) => console.log(x))]);
      },
    });
    const one = new Process({
      target: async () => {
        await q1.put('one');
      },
    });
    const two = new Process({
      target: async () => {
        await q2.put('two');
      },
    });
    both.start();
    one.start();
    two.start();
    await both.join();
    await one.join();
    await two.join();
  },
};
exports.exitcodeLoop = {
  options: {},
  program: async () => {
    const p = new Process({
      target: () => {
        console.log('child');
      },
    });
    p.start();
    while (p.isAlive()) await sleep(1);
    console.log('parent');
    await p.join();
  },
};
exports.escape = {
  options: {},
  program: async () => {
    const p = new Process({
      name: 'Ada',
      target: () => {
        console.log(process.hrtime.bigint() % 1000n);
        counter.value += 1;
      },
    });
    const q = new Process({
      name: 'Bob',
      target: () => {
        counter.value += 1;
      },
    });
    p.start();
    q.start();
    await p.join();
    await q.join();
  },
};
exports.invariantBroken = {
  options: { invariant: () => counter.value < 2 },
  program: async () => {
    const up = () => {
      counter.value += 1;
    };
    const down = () => {
      counter.value -= 1;
    };
    const ps = [up, up, down].map((target) => new Process({ target }));
    for (const p of ps) p.start();
    for (const p of ps) await p.join();
    return counter.value;
  },
};
