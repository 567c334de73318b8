// Start method 'process': a real operating-system process, warm from the stock.
import { giveSlotAway, renameSlot } from '../memory/slots';
import { giveTask } from './child-task';
import type { Child, Start, StartMethod } from './start-method';
import { refillSoon, takeFromStock } from './stock';

export const processMethod: StartMethod = {
  name: 'process',
  start({ task, shared }: Start, ended: (exitcode: number) => void): Child {
    const child = takeFromStock();
    renameSlot(child.slot, task.identity.name);
    if (task.identity.isOwn !== true) giveSlotAway(child.slot);
    const changed = JSON.stringify(process.env) !== child.env;
    try {
      giveTask(child.slot, changed ? { ...task, env: { ...process.env } } : task, shared);
    } catch (error) {
      child.discard();
      throw error;
    }
    child.onExit(ended);
    refillSoon();
    return {
      slot: child.slot,
      pid: child.pid,
      exitcode: () => child.exitcode(),
      waitSync: (timeoutMs) => child.waitSync(timeoutMs),
      interrupt: () => child.signal('SIGINT'),
      terminate: () => child.signal('SIGTERM'),
      kill: () => child.signal('SIGKILL'),
      keepLoop: (going) => child.keepLoop(going),
    };
  },
};
