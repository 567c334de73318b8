// A barrier whose parties die: the others are told, and after a reset all meet again.
import { setTimeout as sleep } from 'node:timers/promises';
import { Barrier, BrokenBarrierError, RawArray } from '../../../src/index';
import type { Actor } from '../actor';
import type { Stage } from '../stage';

const PARTIES = 3;

async function meet(self: Actor, barrier: Barrier, places: Int32Array): Promise<void> {
  while (!self.isOver()) {
    self.says('waits at the barrier');
    try {
      const place = self.random.chance(0.5) ? barrier.waitSync() : await barrier.wait();
      if (!(place >= 0 && place < PARTIES)) throw new Error(`Place ${place} of ${PARTIES}`);
      Atomics.add(places, place, 1);
    } catch (error) {
      if (!(error instanceof BrokenBarrierError)) throw error;
      self.says('waits for the barrier to be whole');
      await sleep(5);
    }
  }
}

export async function barrier(stage: Stage): Promise<void> {
  const meeting = new Barrier(PARTIES);
  const places = new RawArray('int32', PARTIES);
  const parties = stage.keep(PARTIES, 'party', meet, meeting, places);
  // Those who came to a whole barrier are not disturbed: only a broken one is reset.
  const mending = setInterval(() => meeting.broken && meeting.reset(), 10);
  try {
    stage.says = 'waits for all to meet once';
    while (places[0] === 0) await sleep(5);
    await stage.torment();
  } finally {
    clearInterval(mending);
  }
  meeting.abort();
  await parties.ended();
  stage.check(meeting.nWaiting === 0, `${meeting.nWaiting} still wait`);
  const most = Math.max(...places);
  // Who dies between coming and counting is missing in one place; nobody is ever counted twice.
  stage.check(
    most - Math.min(...places) <= parties.deaths + PARTIES,
    `the places are uneven: ${places.join(' ')}`,
  );
}
