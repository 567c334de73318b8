// What looks at a program from outside of its processes, such as an invariant: restored in its world, but no
// process of it.
import type { Captured } from '../capture/captured';
import { ExplorationError } from '../errors';
import { enterModules, leaveModules } from './modules';
import { MOST_ROUNDS, newLocal, type Runner, setRunning } from './operations';
import type { Things } from './things';

/** Makes one who is no process of the program: it asks what `perform` answers, and nothing else. */
export function onlooker(
  name: string,
  things: Things,
  refuse: () => never,
  perform: Runner['perform'] = refuse,
): Runner {
  const local = { name, pid: 0, parent: undefined, daemon: false, isGarbled: false, random: 0 };
  return {
    path: name,
    isNew: false,
    local: newLocal(local),
    things,
    clock: 0,
    lastAsked: -1,
    perform,
    request: refuse,
    cancel: () => false,
    keepGoing: () => {},
    fail: refuse,
    exitNow: refuse,
    round: roundOutside,
    isOver: () => false,
  };
}

/** Makes again what was captured, with modules that have things of their own. */
export function restoreOutside(captured: Captured, things: Things): unknown {
  const refuse = (): never => {
    throw new TypeError('Outside of its processes a program does nothing.');
  };
  setRunning(onlooker('outside', things, refuse));
  enterModules(new Map());
  try {
    return limited('What is loaded for it', () => things.restore(captured));
  } finally {
    leaveModules();
    setRunning(undefined);
  }
}

let rounds = 0;
let tooMany: ExplorationError | undefined;
let what = 'What looks at a program';

/** Calls what looks at a program; an endless loop in it ends after the same number of rounds everywhere. */
export function limited<T>(name: string, act: () => T): T {
  rounds = 0;
  tooMany = undefined;
  what = name;
  const result = act();
  // It is thrown also where it was caught.
  if (tooMany !== undefined) throw tooMany;
  return result;
}

/** One more round of a loop that no process of the program runs. */
export function roundOutside(): void {
  if (++rounds <= MOST_ROUNDS) return;
  const counted = MOST_ROUNDS.toLocaleString('en');
  tooMany = new ExplorationError(`${what} does not end: a loop in it has gone round ${counted} times.`);
  throw tooMany;
}
