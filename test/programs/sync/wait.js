// Waits for the lock and tells how that ended.
const { shared, args } = require('../join.js');
const [lock] = shared;
process.stdout.write('waiting\n');
async function main() {
  try {
    if (args[0] === 'awaited') await lock.acquire();
    else lock.acquireSync();
    process.stdout.write(`acquired ${Date.now()}\n`);
    lock.release();
  } catch (error) {
    process.stdout.write(`${error.name} ${error.processName} ${error.pid} ${Date.now()}\n`);
    lock.acquireSync();
    lock.release();
  }
}
main();
