// Atomics, times, and programs that go by something else than the order.
const { Process, Lock, RawArray, RawValue } = require('parlab');
const { setTimeout: sleep } = require('node:timers/promises');
const counter = new RawValue('int32', 0),
  cells = new RawArray('int32', 1),
  lock = new Lock();
exports.atomicsAdd = {
  program: async () => {
    const ps = [1, 2].map(
      () =>
        new Process({
          target: () => {
            Atomics.add(cells, 0, 1);
          },
        }),
    );
    for (const p of ps) p.start();
    for (const p of ps) await p.join();
    return cells[0];
  },
  options: { expect: 2 },
};
const slow = (n) => async () => {
  await sleep(1000);
  console.log(n);
};
exports.startJoinStartJoin = {
  program: async () => {
    for (const n of [1, 2, 3]) {
      const p = new Process({ target: slow(n) });
      p.start();
      await p.join();
    }
  },
  options: {},
};
exports.startAllJoinAll = {
  program: async () => {
    const ps = [1, 2, 3].map((n) => new Process({ target: slow(n) }));
    for (const p of ps) p.start();
    for (const p of ps) await p.join();
  },
  options: { anyOrder: true },
};
exports.startAndJoinEach = {
  program: () =>
    Promise.all(
      [1, 2, 3].map(async (n) => {
        const p = new Process({ target: slow(n) });
        p.start();
        await p.join();
      }),
    ),
  options: { anyOrder: true },
};
exports.lockAroundAll = {
  program: async () => {
    const ps = [1, 2, 3].map(
      (n) =>
        new Process({
          target: async () => {
            await lock.acquire();
            await sleep(1000);
            console.log(n);
            lock.release();
          },
        }),
    );
    for (const p of ps) p.start();
    for (const p of ps) await p.join();
  },
  options: { anyOrder: true },
};
exports.lockAroundPrint = {
  program: async () => {
    const ps = [1, 2, 3].map(
      (n) =>
        new Process({
          target: async () => {
            await sleep(1000);
            await lock.acquire();
            console.log(n);
            lock.release();
          },
        }),
    );
    for (const p of ps) p.start();
    for (const p of ps) await p.join();
  },
  options: { anyOrder: true },
};
exports.escapeGlobal = {
  program: async () => {
    const ps = [1, 2].map(
      () =>
        new Process({
          target: () => {
            globalThis.total = (globalThis.total ?? 0) + 1;
            counter.value += globalThis.total;
          },
        }),
    );
    for (const p of ps) p.start();
    for (const p of ps) await p.join();
    return counter.value;
  },
  options: {},
};
exports.escapeClock = {
  program: async () => {
    const p = new Process({
      name: 'Ada',
      target: () => {
        counter.value = Number(process.hrtime.bigint() % 1000000n);
      },
    });
    p.start();
    await p.join();
    return counter.value;
  },
  options: {},
};
exports.escapePrototype = {
  program: async () => {
    const p = new Process({
      name: 'Ada',
      target: () => {
        counter.value = [].seen ?? 1;
        Array.prototype.seen = 2;
      },
    });
    p.start();
    await p.join();
    return counter.value;
  },
  options: {},
};
