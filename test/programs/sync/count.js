// counter = counter + 1, many times, under the lock.
const { shared, args } = require('../join.js');
const { programMemory } = require('../../../dist/src/memory/memory.js');
const [lock] = shared;
const [offset, times, how] = args;
const words = programMemory().i32;
const counter = offset / 4;

async function main() {
  for (let i = 0; i < times; i++) {
    if (how === 'awaited') await lock.acquire();
    if (how === 'blocking') lock.acquireSync();
    words[counter] = words[counter] + 1;
    if (how !== 'without') lock.release();
  }
}
main();
