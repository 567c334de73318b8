// While a child lives that is not a daemon, or that is being joined, its parent's event loop goes on. So the
// parent waits for that child's end, and says so to those who look for a deadlock.

import { beginChild, beginJoin, endChild, endJoin } from '../deadlock/standing-waits';
import { tagOf } from '../memory/slots';
import type { Child } from '../start/start-method';
import { keepLoop, letLoopEnd } from '../system/loop-end';

export interface KeptLoop {
  /** A join begins, in the method `what`. */
  joinBegins(what: string): void;
  /** The last join is over. */
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
