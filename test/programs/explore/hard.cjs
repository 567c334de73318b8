// What is hard to bring under control: callbacks of natives, getters, generators, timers, races of promises,
// what goes through queues.
const {
  Process,
  Lock,
  RLock,
  RawValue,
  SharedArray,
  RawArray,
  Queue,
  JoinableQueue,
  currentProcess,
  parentProcess,
} = require('parlab');
const { setTimeout: sleep } = require('node:timers/promises');
const { EventEmitter, once } = require('node:events');
const counter = new RawValue('int32', 0);
const lock = new Lock();
const two =
  (target, args = [[], []]) =>
  async () => {
    const ps = args.map((a) => new Process({ target, args: a }));
    for (const p of ps) p.start();
    for (const p of ps) await p.join();
    return counter.value;
  };
exports.forEachSync = {
  program: two(() => {
    [1, 2].forEach(() => {
      lock.acquireSync();
      counter.value++;
      lock.release();
    });
  }),
  options: { expect: 4 },
};
exports.inGetter = {
  program: two(() => {
    const o = {
      get n() {
        return counter.value;
      },
    };
    counter.value = o.n + 1;
  }),
  options: {},
};
exports.inConstructor = {
  program: two(() => {
    class Up {
      constructor() {
        counter.value += 1;
      }
    }
    new Up();
  }),
  options: {},
};
exports.inSort = {
  program: two(() => {
    const a = [3, 1, 2].sort((x, y) => {
      counter.value += 1;
      return x - y;
    });
    if (a[0] !== 1) throw new Error('not sorted');
  }),
  options: {},
};
exports.generator = {
  program: two(() => {
    function* steps() {
      yield counter.value;
      yield counter.value;
    }
    let sum = 0;
    for (const n of steps()) sum += n;
    counter.value = sum + 1;
  }),
  options: {},
};
exports.asyncGenerator = {
  program: two(async () => {
    async function* steps() {
      for (let i = 0; i < 2; i++) {
        await sleep(1);
        yield i;
      }
    }
    for await (const i of steps()) counter.value += i;
  }),
  options: {},
};
exports.promiseAll = {
  program: two(async () => {
    const one = async () => {
      await lock.acquire();
      counter.value++;
      lock.release();
    };
    await Promise.all([one(), one()]);
  }),
  options: {},
};
exports.race = {
  program: async () => {
    const q = new Queue();
    const p = new Process({
      target: async () => {
        const first = await Promise.race([q.get(), sleep(10, 'late')]);
        console.log(first);
        process.exit(0);
      },
    });
    p.start();
    await q.put('early');
    await p.join();
  },
  options: {},
};
exports.finallyReleases = {
  program: two(() => {
    lock.acquireSync();
    try {
      counter.value++;
    } finally {
      lock.release();
    }
  }),
  options: { expect: 2 },
};
exports.catchAll = {
  program: async () => {
    const q = new Queue();
    const p = new Process({
      name: 'Ada',
      target: () => {
        for (;;) {
          try {
            const x = q.getSync();
            if (x === 'DONE') return;
          } catch {
            counter.value = -1;
          }
        }
      },
    });
    p.start();
    q.putSync('a');
    q.putSync('DONE');
    await p.join();
    return counter.value;
  },
  options: { expect: 0 },
};
exports.catchAllHangs = {
  program: async () => {
    const q = new Queue();
    const p = new Process({
      name: 'Ada',
      target: () => {
        for (;;) {
          try {
            q.getSync();
          } catch {
            counter.value = -1;
          }
        }
      },
    });
    p.start();
    await p.join();
  },
  options: {},
};
exports.floatingRejection = {
  program: async () => {
    const p = new Process({
      name: 'Ada',
      target: async () => {
        Promise.reject(new Error('nobody looks'));
        await sleep(5);
      },
    });
    p.start();
    await p.join();
    return p.exitcode;
  },
  options: {},
};
exports.interval = {
  program: async () => {
    const p = new Process({
      target: () => {
        let n = 0;
        const t = setInterval(() => {
          console.log(++n);
          if (n === 3) clearInterval(t);
        }, 10);
      },
    });
    p.start();
    await p.join();
  },
  options: {},
};
exports.timersInOrder = {
  program: async () => {
    const p = new Process({
      target: () => {
        setTimeout(() => console.log('second'), 20);
        setTimeout(() => console.log('first'), 10);
        queueMicrotask(() => console.log('at once'));
        process.nextTick(() => console.log('before'));
      },
    });
    p.start();
    await p.join();
  },
  options: {},
};
exports.emitter = {
  program: async () => {
    const q = new Queue();
    const p = new Process({
      target: async () => {
        const e = new EventEmitter();
        setTimeout(() => e.emit('go', 5), 10);
        const [x] = await once(e, 'go');
        await q.put(x);
      },
    });
    p.start();
    const x = await q.get();
    await p.join();
    return x;
  },
  options: { expect: 5 },
};
exports.clock = {
  program: async () => {
    const p = new Process({
      target: async () => {
        const t = Date.now();
        const u = performance.now();
        await sleep(1500);
        console.log(Date.now() - t >= 1500, performance.now() - u >= 1500, new Date().getFullYear());
      },
    });
    p.start();
    await p.join();
  },
  options: {},
};
exports.random = {
  program: two(async () => {
    const n = Math.floor(Math.random() * 6);
    counter.value += n > 2 ? 1 : 2;
  }, [[0], [1]]),
  options: {},
};
exports.sharedArray = {
  program: async () => {
    const cells = new SharedArray('int32', [1, 2, 3]);
    const p = new Process({
      target: () => {
        cells.forEach((x, i) => {
          cells[i] = x * 2;
        });
      },
    });
    p.start();
    await p.join();
    return [...cells].join();
  },
  options: { expect: '2,4,6' },
};
exports.bigints = {
  program: async () => {
    const v = new RawArray('bigint64', 2);
    const p = new Process({
      target: () => {
        v[0] = 2n ** 40n;
        v[1] += 5n;
      },
    });
    p.start();
    await p.join();
    return v.map(String).join();
  },
  options: { expect: '1099511627776,5' },
};
exports.lockThroughQueue = {
  program: async () => {
    const q = new Queue();
    const own = new Lock({ name: 'sent' });
    const p = new Process({
      target: async () => {
        const l = await q.get();
        await l.acquire();
        counter.value += 1;
        l.release();
      },
    });
    p.start();
    await q.put(own);
    await own.acquire();
    counter.value += 1;
    own.release();
    await p.join();
    return counter.value;
  },
  options: { expect: 2 },
};
exports.functionThroughQueue = {
  program: async () => {
    const q = new Queue();
    const k = 7;
    const p = new Process({
      target: async () => {
        const f = await q.get();
        counter.value = f(6);
      },
    });
    p.start();
    await q.put((n) => n * k);
    await p.join();
    return counter.value;
  },
  options: { expect: 42 },
};
exports.rlock = {
  program: two(async () => {
    const inner = async () => {
      await r.acquire();
      counter.value++;
      r.release();
    };
    await r.acquire();
    await inner();
    r.release();
  }),
  options: { expect: 2 },
};
const r = new RLock();
exports.joinable = {
  program: async () => {
    const q = new JoinableQueue();
    const p = new Process({
      daemon: true,
      target: async () => {
        for await (const job of q) {
          counter.value += job;
          q.taskDone();
        }
      },
    });
    p.start();
    for (const j of [1, 2]) await q.put(j);
    await q.join();
    return counter.value;
  },
  options: { expect: 3 },
};
exports.bounded = {
  program: async () => {
    const q = new Queue(1);
    const p = new Process({
      target: async () => {
        for (let i = 0; i < 3; i++) {
          await q.put(i);
          console.log(`put ${i}`);
        }
      },
    });
    p.start();
    for (let i = 0; i < 3; i++) {
      await q.get();
      console.log(`got ${i}`);
    }
    await p.join();
  },
  options: {},
};
exports.tryLock = {
  program: two(() => {
    if (lock.acquireSync({ timeout: 0 })) {
      counter.value++;
      lock.release();
    }
  }),
  options: {},
};
exports.killed = {
  program: async () => {
    const p = new Process({
      name: 'Ada',
      target: async () => {
        await lock.acquire();
        counter.value = 1;
        lock.release();
      },
    });
    p.start();
    p.terminate();
    await p.join();
    return [p.exitcode, counter.value];
  },
  options: { expect: ({ failures }) => failures.length === 0 },
};
exports.nestedNames = {
  program: async () => {
    const p = new Process({
      target: async () => {
        const c = new Process({
          target: () => console.log(`${currentProcess().name} of ${parentProcess().name}`),
        });
        c.start();
        await c.join();
      },
    });
    p.start();
    await p.join();
  },
  options: {},
};
exports.startTwice = {
  program: async () => {
    const p = new Process({ target: () => {} });
    p.start();
    p.start();
  },
  options: {},
};
exports.heavy = {
  program: two(() => {
    let n = 0;
    for (let i = 0; i < 1e6; i++) n += i % 7;
    counter.value = counter.value + (n > 0 ? 1 : 0);
  }),
  options: {},
};
exports.deep = {
  program: two(() => {
    const down = (n) => (n === 0 ? counter.value : down(n - 1));
    counter.value = down(1000) + 1;
  }),
  options: {},
};
exports.hundredIncrements = {
  program: two(() => {
    for (let i = 0; i < 100; i++) counter.value++;
  }),
  options: { orders: 200, states: 20_000 },
};
exports.stranded = {
  program: async () => {
    const p = new Process({
      name: 'Ada',
      target: async () => {
        await new Promise(() => {});
      },
    });
    p.start();
    await p.join();
    return p.exitcode;
  },
  options: {},
};
exports.mutableLocals = {
  program: two(async () => {
    const seen = [];
    for (let i = 0; i < 2; i++) {
      seen.push(counter.value);
      await null;
      counter.value = seen.at(-1) + 1;
    }
    if (seen.length !== 2) throw new Error('copied badly');
  }),
  options: {},
};
exports.outerMutable = {
  program: (() => {
    let made = 0;
    return two(() => {
      made++;
      counter.value += made;
    });
  })(),
  options: {},
};
