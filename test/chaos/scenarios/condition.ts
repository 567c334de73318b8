// A buffer of numbers under a condition: nobody waits for something that is there.
import { Condition, LockOwnerDiedError, RawArray } from '../../../src/index';
import { type Actor, MOST_ACTORS } from '../actor';
import type { Stage } from '../stage';

const MOST = 5;

/** What each has made and used; how many there are follows from it, so a death can leave nothing half done. */
class Stock {
  readonly made = new RawArray('int32', MOST_ACTORS);
  readonly used = new RawArray('int32', MOST_ACTORS);

  get size(): number {
    let size = 0;
    for (let row = 0; row < MOST_ACTORS; row++) size += (this.made[row] ?? 0) - (this.used[row] ?? 0);
    return size;
  }
}

async function trade(self: Actor, condition: Condition, stock: Stock, makes: boolean): Promise<void> {
  const mayGoOn = () => self.isOver() || (makes ? stock.size < MOST : stock.size > 0);
  while (!self.isOver()) {
    try {
      self.says('acquires the condition');
      using _held = self.random.chance(0.5) ? condition.acquireSync() : await condition.acquire();
      self.says(makes ? 'waits for room' : 'waits for a thing');
      if (self.random.chance(0.5)) condition.waitForSync(mayGoOn);
      else await condition.waitFor(mayGoOn);
      if (self.isOver()) return;
      const row = makes ? stock.made : stock.used;
      row[self.row] = (row[self.row] ?? 0) + 1;
      condition.notify();
      self.says('releases the condition');
    } catch (error) {
      if (!(error instanceof LockOwnerDiedError)) throw error;
      await tellAll(condition);
    }
  }
}

/** The dead one may have changed something and told nobody. */
async function tellAll(condition: Condition): Promise<void> {
  try {
    using _held = await condition.acquire();
    condition.notifyAll();
  } catch (error) {
    if (!(error instanceof LockOwnerDiedError)) throw error;
    await tellAll(condition);
  }
}

export async function condition(stage: Stage): Promise<void> {
  const changed = new Condition();
  const stock = new Stock();
  const makers = stage.keep(2, 'maker', trade, changed, stock, true);
  const users = stage.keep(2, 'user', trade, changed, stock, false);
  await stage.torment();
  await tellAll(changed);
  await makers.ended();
  await users.ended();
  stage.check(stock.size >= 0 && stock.size <= MOST, `${stock.size} things are there`);
}
