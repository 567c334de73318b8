// A pool under fire: each result is right, or names the worker that died with it in hand.
import { Pool, ProcessDiedError, TimeoutError } from '../../../src/index';
import type { Actor } from '../actor';
import type { Stage } from '../stage';

const ITEMS = 400;
const FOREVER = -1;

function work(item: number): number {
  while (item === FOREVER);
  for (let i = 0; i < 50_000; i++) Math.sqrt(i);
  return item * 2;
}

/** The pool of an actor, whose workers it kills itself; the actor dies with its pool at any moment. */
async function run(self: Actor, method: 'process' | 'thread'): Promise<void> {
  while (!self.isOver()) {
    self.says('makes a pool');
    await using pool = new Pool({ processes: 2, method });
    let deaths = 0;
    const killing = setInterval(() => {
      const { processes } = pool;
      const victim = processes[self.random.below(processes.length)];
      deaths++;
      if (self.random.chance(0.5)) victim?.kill();
      else victim?.terminate();
    }, 100);
    try {
      self.says('awaits a map');
      await checkMap(self, pool, () => deaths);
      self.says('awaits work that is to be stopped');
      const stopped = await pool.apply(work, [FOREVER], { timeout: 50 }).catch((error: unknown) => error);
      if (!(stopped instanceof TimeoutError || stopped instanceof ProcessDiedError)) throw stopped;
      self.says('ends the pool');
    } finally {
      clearInterval(killing);
    }
    if (self.random.chance(0.5)) pool.terminate();
    else pool.close();
    await pool.join();
  }
}

async function checkMap(self: Actor, pool: Pool, deaths: () => number): Promise<void> {
  const items = Array.from({ length: ITEMS }, (_, i) => i);
  const results = pool.imap(work, items, { chunkSize: 4 });
  let lost = 0;
  for (let i = 0; i < ITEMS && !self.isOver(); i++) {
    try {
      const { value } = await results.next();
      if (value !== i * 2) throw new Error(`The result of ${i} is ${value}.`);
    } catch (error) {
      if (!(error instanceof ProcessDiedError)) throw error;
      // On a busy machine each of the first few may be killed before it is ready; then the pool gives up, and says so.
      if (error.message.includes('the initializer')) return;
      lost++;
    }
  }
  if (lost > deaths() * 4)
    throw new Error(`${lost} results are lost, but only ${deaths()} workers were killed.`);
}

export async function pool(stage: Stage): Promise<void> {
  const owners = stage.keep(1, 'owner', run, stage.method);
  await stage.torment();
  await owners.ended();
}
