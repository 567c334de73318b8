// What looks at a program from outside of its processes, such as an invariant: restored in its world, but no
// process of it.
import type { Captured } from '../capture/captured';
import { enterModules, leaveModules } from './modules';
import { newLocal, type Runner, setRunning } from './operations';
import type { Things } from './things';

/** Makes again what was captured, with modules that have things of their own. */
export function restoreOutside(captured: Captured, things: Things): unknown {
  const refuse = (): never => {
    throw new TypeError('Outside of its processes a program does nothing.');
  };
  const local = { name: 'outside', pid: 0, parent: undefined, daemon: false, random: 0 };
  const nobody: Runner = {
    path: 'outside',
    isNew: false,
    local: newLocal(local),
    things,
    clock: 0,
    lastAsked: -1,
    perform: refuse,
    request: refuse,
    cancel: () => false,
    fail: refuse,
    exitNow: refuse,
    round: () => {},
  };
  setRunning(nobody);
  enterModules(new Map());
  try {
    return things.restore(captured);
  } finally {
    leaveModules();
    setRunning(undefined);
  }
}
