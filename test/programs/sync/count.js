// counter = counter + 1, many times: under the lock, or without it and with a gap between reading and writing.
const { shared, args } = require('../join.js');
const { programMemory } = require('../../../dist/src/memory/memory.js');
const [lock] = shared;
const [offset, processes, times, how] = args;
const { i32: words, waitSync } = programMemory();
const counter = offset / 4;
const gate = counter + 1;

async function main() {
  // All begin together: a process takes longer to start than to count.
  Atomics.add(words, gate, 1);
  while (Atomics.load(words, gate) < processes) waitSync(gate, Atomics.load(words, gate), 1);
  for (let i = 0; i < times; i++) {
    if (how === 'awaited') await lock.acquire();
    if (how === 'blocking') lock.acquireSync();
    const seen = words[counter];
    if (how === 'without') for (let gap = 0; gap < 50; gap++) Atomics.load(words, gate);
    words[counter] = seen + 1;
    if (how !== 'without') lock.release();
  }
}
main();
