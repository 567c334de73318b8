// A joinable queue: join() ends when all is done, and what is never done is what the dead had in their hands.
import { JoinableQueue, TooManyDoneError } from '../../../src/index';
import type { Actor } from '../actor';
import type { Stage } from '../stage';

const END = -1;

async function work(self: Actor, queue: JoinableQueue<number>): Promise<void> {
  for (;;) {
    self.says('gets');
    const item = self.random.chance(0.5) ? queue.getSync() : await queue.get();
    queue.taskDone();
    if (item === END) return;
  }
}

async function give(self: Actor, queue: JoinableQueue<number>): Promise<void> {
  for (let n = 0; !self.isOver(); n++) {
    self.says('puts');
    await queue.put(n);
  }
}

export async function joinableQueue(stage: Stage): Promise<void> {
  const queue = new JoinableQueue<number>(5);
  const givers = stage.keep(1, 'giver', give, queue);
  const workers = stage.keep(3, 'worker', work, queue);
  await stage.torment();
  await givers.ended();
  stage.says = 'puts the ends';
  const deathsBefore = workers.deaths;
  for (let left = workers.living; left > 0; left--) await queue.put(END);
  await workers.ended();
  let undone = 0;
  try {
    for (; ; undone++) queue.taskDone();
  } catch (error) {
    if (!(error instanceof TooManyDoneError)) throw error;
  }
  // Of one that was still dying when the ends were put nobody took the end either.
  const { deaths } = workers;
  const most = deaths + (deaths - deathsBefore);
  stage.check(
    undone <= most,
    `${undone} tasks were not done, but ${deaths} workers died, ${deathsBefore} before the ends`,
  );
  stage.says = 'joins the queue';
  await queue.join();
}
