// What a set-up file, a polyfill or a test runner does before anybody asks for parlab.
globalThis.settings = { factor: 2 };
global.scaled = (value) => value * settings.factor;
globalThis.Counter = class Counter {
  #count = 0;
  next() {
    return ++this.#count;
  }
};
globalThis.list = Object.freeze(['a', 'b']);
globalThis.count = 4;
Object.defineProperty(globalThis, 'hidden', { value: { n: 7 } });
Object.defineProperty(globalThis, 'Hidden', { value: class {} });
Object.defineProperty(globalThis, 'doubled', { value: (n) => 2 * n, configurable: true, writable: true });
console.mine = (what) => `mine ${what}`;
console.own = { n: 8 };
const { log } = console;
const told = [];
console.log = (...args) => {
  told.push(...args);
  log(...args);
};
const { mine, own, log: replaced } = console;

const { Pool, Process, Queue } = require('parlab');

const answers = new Queue();
const known = () =>
  typeof fetch + typeof setTimeout + typeof structuredClone + typeof performance.now() + typeof Buffer;

async function main() {
  const child = new Process({
    target: () => {
      settings.factor++;
      const byName = [
        globalThis.settings.factor,
        global.scaled(5),
        globalThis.list?.[0],
        ++globalThis.count,
        count,
      ];
      const unseen = [hidden.n, globalThis.hidden.n, typeof new Hidden(), doubled(4)];
      replaced('printed');
      const ofConsole = [mine('x'), own.n, told, console.log === log];
      answers.putSync([
        settings.factor,
        scaled(5),
        new Counter().next(),
        list.join(),
        known(),
        byName,
        unseen,
        ofConsole,
      ]);
    },
  });
  child.start();
  await child.join();
  const pool = new Pool({ processes: 1 });
  const scaledThere = await pool.map((value) => scaled(value), [1, 2]);
  pool.terminate();
  log(JSON.stringify([...(await answers.get()), scaledThere, settings.factor]));
}

void main();
