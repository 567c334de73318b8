// Permits: never more inside than there are permits, and all of them come back, whoever dies with one.
import { BoundedSemaphore, RawArray } from '../../../src/index';
import type { Actor } from '../actor';
import type { Stage } from '../stage';

const PERMITS = 2;

async function enter(self: Actor, semaphore: BoundedSemaphore, inside: Int32Array): Promise<void> {
  while (!self.isOver()) {
    self.says('acquires a permit');
    if (self.random.chance(0.5)) semaphore.acquireSync();
    else await semaphore.acquire();
    self.says('holds a permit');
    Atomics.add(inside, 0, 1);
    for (let i = self.random.below(5000); i > 0; i--) Atomics.load(inside, 0);
    Atomics.sub(inside, 0, 1);
    semaphore.release();
  }
}

export async function semaphore(stage: Stage): Promise<void> {
  const permits = new BoundedSemaphore(PERMITS);
  const inside = new RawArray('int32', 1);
  const most = () => PERMITS + entering.deaths;
  const entering = stage.keep(4, 'guest', enter, permits, inside);
  await stage.torment();
  await entering.ended();
  const counted = inside[0] ?? 0;
  stage.check(
    counted >= 0 && counted <= most(),
    `${counted} are counted inside, at ${entering.deaths} deaths`,
  );
  stage.check(permits.getValue() === PERMITS, `${permits.getValue()} permits are left of ${PERMITS}`);
}
