// Takes the lock again and again, a moment each time, and writes down whose turn it was.
const { shared, args } = require('../join.js');
const { programMemory } = require('../../../dist/src/memory/memory.js');
const [lock] = shared;
const [offset, processes, turns, how, self] = args;
const { i32: words, waitSync } = programMemory();
const gate = offset / 4;
const next = gate + 1;

async function main() {
  Atomics.add(words, gate, 1);
  while (Atomics.load(words, gate) < processes) waitSync(gate, Atomics.load(words, gate), 1);
  while (words[next] < turns) {
    if (how === 'awaited') await lock.acquire();
    else lock.acquireSync();
    words[gate + 2 + words[next]++] = self;
    for (const until = performance.now() + 1; performance.now() < until; );
    lock.release();
  }
}
main();
