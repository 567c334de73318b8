// An event that is set and cleared again and again: everybody who waits sees it.
import { setTimeout as sleep } from 'node:timers/promises';
import { Event, RawArray } from '../../../src/index';
import type { Actor } from '../actor';
import type { Stage } from '../stage';

async function listen(self: Actor, event: Event, heard: Int32Array): Promise<void> {
  while (!self.isOver()) {
    self.says('waits for the event');
    if (self.random.chance(0.5)) event.waitSync();
    else await event.wait();
    Atomics.add(heard, 0, 1);
  }
}

async function ring(self: Actor, event: Event): Promise<void> {
  while (!self.isOver()) {
    self.says('sets the event');
    event.set();
    await sleep(self.random.below(3));
    self.says('clears the event');
    event.clear();
  }
}

export async function event(stage: Stage): Promise<void> {
  const bell = new Event();
  const heard = new RawArray('int32', 1);
  const listeners = stage.keep(3, 'listener', listen, bell, heard);
  const ringers = stage.keep(1, 'ringer', ring, bell);
  await stage.torment();
  await ringers.ended();
  bell.set();
  await listeners.ended();
  stage.check((heard[0] ?? 0) > 0, 'nobody ever heard the event');
}
