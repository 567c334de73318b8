// What a test of a user's does; runner.cjs runs it in a realm of its own.
const { Lock, Pool, Process, Queue, SyncManager, Value } = require('parlab');
const { basename, join } = require('node:path');
const { readFileSync } = require('node:fs');
const acorn = require('acorn');
const helper = require('../capture/helper.cjs');

const counter = () => {
  let n = 0;
  return () => ++n;
};
class Account {
  #cents = 5;
  get cents() {
    return this.#cents;
  }
  asArrow() {
    return () => this.cents;
  }
}
const values = {
  object: { a: [{}] },
  map: new Map([['a', new Set([1])]]),
  date: new Date(5),
  expression: /a/g,
  error: new TypeError('t'),
  numbers: new Float64Array([1]),
  bytes: Buffer.from('abc'),
  memory: new ArrayBuffer(2),
  boxed: Object(1),
  call: () => 1,
};

async function main() {
  const pool = new Pool({ processes: 2 });
  const [up, other] = [counter(), counter()];
  const account = new Account();
  const tasks = {
    closure: [() => [up(), up(), other()].join(), '1,2,1'],
    'a queue in the child': [
      () => {
        const q = new Queue();
        q.putSync(3);
        return q.getSync();
      },
      3,
    ],
    'a module of Node': [() => typeof readFileSync('/proc/self/stat', 'utf8') + join('a', 'b'), 'stringa/b'],
    'a package': [() => acorn.parse('1', { ecmaVersion: 2022 }).type, 'Program'],
    'a file of its own': [() => typeof helper, 'object'],
    'require and __filename': [
      () => basename(require.resolve('./runner.cjs')) + basename(__filename),
      'runner.cjsprogram.cjs',
    ],
    'import()': [async () => typeof (await import('node:os')).cpus, 'function'],
    'a timer': [() => new Promise((resolve) => setTimeout(() => resolve(7), 1)), 7],
    'private fields': [() => account.cents, 5],
    'this of an arrow function': [account.asArrow(), 5],
    'its own globals': [Math.max, Number.NEGATIVE_INFINITY],
  };
  for (const [name, [task, expected]] of Object.entries(tasks))
    say(name, (await pool.apply(task)) === expected);
  const queue = new Queue();
  for (const [name, value] of Object.entries(values)) {
    await queue.put(value);
    for (const there of [await queue.get(), await pool.apply((given) => given, [value])]) {
      say(name, Object.getPrototypeOf(there) === Object.getPrototypeOf(value));
    }
  }
  const error = await pool
    .apply(() => {
      throw new RangeError('r');
    })
    .catch((thrown) => thrown);
  say('an error of a task', error instanceof RangeError && error.message === 'r');
  const back = await pool.apply(() => {
    let n = 1;
    return () => ++n;
  });
  say('a function that comes back', back() === 2 && back instanceof Function);
  pool.terminate();
  await pool.join();

  const total = new Value('i', 0);
  const lock = new Lock();
  const adds = () =>
    lock.with(() => {
      total.value += 1;
    });
  const children = [1, 2].map(() => new Process({ target: adds }));
  for (const child of children) child.start();
  for (const child of children) await child.join();
  say('locks', total.value === 2 && children.every(({ exitcode }) => exitcode === 0));
  class Answering extends Process {
    run() {
      queue.putSync(this.name);
    }
  }
  const answering = new Answering({ name: 'Ada' });
  answering.start();
  say('a subclass of Process', (await queue.get()) === 'Ada');
  await answering.join();
  const manager = new SyncManager();
  await manager.start();
  const dict = await manager.dict({ a: 1 });
  say('a manager', (await dict.get('a')) === 1);
  await manager.shutdown();
}

function say(what, isRight) {
  console.log(`${what}: ${isRight ? 'ok' : 'wrong'}`);
}

void main();
