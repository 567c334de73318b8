// Three threads and the main thread share a lock and a queue; the main thread tells how it went.
const { Worker, isMainThread, workerData } = require('node:worker_threads');
const { joinMemory, memoryTicket, programMemory } = require('../../../dist/src/memory/memory.js');
const { claimSlot, enterSlot, markDied, releaseSlot, isAlive } = require('../../../dist/src/memory/slots.js');
const { restoreHandle, toHandle } = require('../../../dist/src/objects/handle.js');
const { Lock } = require('../../../dist/src/sync/lock.js');
const { Queue } = require('../../../dist/src/channel/queue.js');
const { setTimeout: sleep } = require('node:timers/promises');
const TIMES = 5000;

async function count(lock, offset, how) {
  const { i32 } = programMemory();
  for (let i = 0; i < TIMES; i++) {
    if (how === 'awaited') await lock.acquire();
    else lock.acquireSync();
    i32[offset / 4] = i32[offset / 4] + 1;
    lock.release();
  }
}

async function thread() {
  const { ticket, slot, handles, offset, how } = workerData;
  joinMemory(ticket);
  enterSlot(slot);
  const [lock, questions, answers] = handles.map(restoreHandle);
  await count(lock, offset, how);
  for (;;) {
    const question = how === 'awaited' ? await questions.get() : questions.getSync();
    if (question === 'die') {
      lock.acquireSync();
      process.exit(3);
    }
    if (question === null) break;
    await answers.put(question * 2);
  }
}

async function main() {
  const lock = new Lock();
  const questions = new Queue();
  const answers = new Queue();
  const handles = [lock, questions, answers].map((each) => each[toHandle]());
  const offset = programMemory().allocate(64);
  programMemory().i32[offset / 4] = 0;
  const ended = ['awaited', 'blocking', 'awaited'].map((how, number) => {
    const slot = claimSlot({ name: `Thread-${number}`, kind: 'thread' });
    const worker = new Worker(__filename, {
      workerData: { ticket: memoryTicket(), slot, handles, offset, how },
    });
    return new Promise((resolve) => {
      worker.on('exit', (code) => {
        markDied(slot, code);
        resolve(isAlive(slot));
        releaseSlot(slot);
      });
    });
  });
  await count(lock, offset, 'awaited');
  // A thread that still counts would be the one to hear of the death.
  while (programMemory().i32[offset / 4] < 4 * TIMES) await sleep(5);
  let sum = 0;
  for (let n = 0; n < 100; n++) {
    await questions.put(n);
    sum += await answers.get();
  }
  for (const last of ['die', null, null]) await questions.put(last);
  const alive = await Promise.all(ended);
  const death = await lock.acquire().catch((error) => error.name);
  console.log(
    JSON.stringify({
      kind: programMemory().kind,
      count: programMemory().i32[offset / 4],
      sum,
      alive,
      death,
    }),
  );
}

if (isMainThread) main();
else thread();
