// While a child that is not a daemon lives, or one that somebody joins, its parent's event loop goes on. So
// the parent waits for that child's end, and says so to those who look for a deadlock.

import { beginChild, beginJoin, endChild, endJoin } from '../deadlock/standing-waits';
import { tagOf } from '../memory/slots';
import type { Child } from '../start/start-method';
import { keepLoop, letLoopEnd } from '../system/loop-end';

export interface KeptLoop {
  /** Somebody awaits its end, in `what`. */
  joinBegins(what: string): void;
  /** Nobody does so any more. */
  joinEnds(): void;
  end(): void;
}

export function keepLoopFor(child: Child): KeptLoop {
  const keeper = { ref: () => child.keepLoop(true), unref: () => child.keepLoop(false) };
  keepLoop(keeper);
  beginChild(keeper, tagOf(child.slot));
  return {
    joinBegins: (what) => beginJoin(keeper, what),
    joinEnds: () => endJoin(keeper),
    end() {
      letLoopEnd(keeper);
      endChild(keeper);
    },
  };
}
