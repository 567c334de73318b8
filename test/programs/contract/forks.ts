// So many philosophers, each with a fork in the left hand, reach for the other one: `forks.js 5 process awaits`.
import { Barrier, Lock, Process, RLock, type StartMethodName } from 'parlab';

const [count = '2', method = 'process', how = 'blocks', parent = 'joins'] = process.argv.slice(2);
const size = Number(count);
const kind = process.argv[6] === 'RLock' ? RLock : Lock;
const forks = Array.from({ length: size }, (_, index) => new kind({ name: `fork ${index + 1}` }));
const hungry = new Barrier(size);

async function eat(seat: number, blocks: boolean): Promise<void> {
  const left = forks[seat]!;
  const right = forks[(seat + 1) % size]!;
  if (blocks) left.acquireSync();
  else await left.acquire();
  if (blocks) hungry.waitSync();
  else await hungry.wait();
  try {
    if (blocks) right.acquireSync();
    else await right.acquire();
    right.release();
    process.stdout.write('ate\n');
  } catch (error) {
    process.stdout.write(`${(error as { code?: string }).code}: ${(error as Error).message}\n`);
  } finally {
    left.release();
  }
}

const philosophers = forks.map((_, seat) => {
  const blocks = how === 'blocks' || (how === 'mixed' && seat % 2 === 0);
  return new Process({ target: eat, args: [seat, blocks], method: method as StartMethodName });
});
for (const philosopher of philosophers) philosopher.start();

async function join(): Promise<void> {
  for (const philosopher of philosophers) {
    if (parent === 'joins') await philosopher.join();
    else philosopher.joinSync();
  }
}
if (parent !== 'ends') void join();
