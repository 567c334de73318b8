// Producers and consumers of one queue: every message comes whole, in its producer's order, and once.
import { Queue } from '../../../src/index';
import type { Actor } from '../actor';
import type { Stage } from '../stage';
import { isWhole, type Message, makeMessage, Tally } from './messages';

const END = 'end';
type Item = Message | typeof END;

async function produce(self: Actor, queue: Queue<Item>, tally: Tally): Promise<void> {
  for (let n = 0; !self.isOver() && !tally.isFull(n); n++) {
    const message = makeMessage(self.row, n, self.random);
    self.says('puts');
    if (self.random.chance(0.5)) queue.putSync(message);
    else await queue.put(message);
    tally.hasPut(self.row, n);
  }
}

async function consume(self: Actor, queue: Queue<Item>, tally: Tally): Promise<void> {
  const last = new Map<number, number>();
  for (;;) {
    self.says('gets');
    const item = self.random.chance(0.5) ? queue.getSync() : await queue.get();
    if (item === END) return;
    if (!isWhole(item)) throw new Error(`Message ${item.n} of ${item.from} is corrupt.`);
    if (item.n <= (last.get(item.from) ?? -1))
      throw new Error(`Message ${item.n} of ${item.from} came late.`);
    last.set(item.from, item.n);
    tally.hasCome(item);
  }
}

async function playQueue(stage: Stage, maxsize: number): Promise<void> {
  const queue = new Queue<Item>(maxsize);
  const tally = new Tally();
  const producers = stage.keep(2, 'producer', produce, queue, tally);
  const consumers = stage.keep(2, 'consumer', consume, queue, tally);
  await stage.torment();
  await producers.ended();
  stage.says = 'puts the ends';
  for (let left = consumers.living; left > 0; left--) await queue.put(END);
  await consumers.ended();
  // Of one that was killed at the very last.
  for (let left = queue.qsize(); left > 0; left--)
    stage.check(queue.getNowait() === END, 'a message is left');
  stage.check(queue.empty(), `the queue still counts ${queue.qsize()}`);
  tally.verify(stage, consumers.deaths);
}

export const queue = (stage: Stage) => playQueue(stage, 10);
export const unboundedQueue = (stage: Stage) => playQueue(stage, 0);
