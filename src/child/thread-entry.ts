// The main file of a child that is a worker thread: joins the program's memory and runs its task, which is
// there already.
import { join } from 'node:path';
import { loadTogether } from '../system/load-together';

loadTogether(module, join(__dirname, '..'));

import { workerData } from 'node:worker_threads';
import { setOutput } from '../host/output';
import { replaceStandardStreams } from '../host/standard-streams';
import { isEndMarked } from '../memory/life';
import { joinMemory, programMemory } from '../memory/memory';
import { enterSlot, isAwaited, lifeWordIndex, markDied, setExitcode } from '../memory/slots';
import { takeTask } from '../start/child-task';
import type { ThreadTicket } from '../start/child-ticket';
import { endLoading } from '../start/thread-loading';
import './preload';
import { getReadyForTasks, runTask } from './run-task';

const ticket = workerData as ThreadTicket;
joinMemory(ticket.memory);
endLoading(ticket.slot);
if (!isAwaited(ticket.slot)) process.exit();
enterSlot(ticket.slot);
const task = takeTask(ticket.slot) ?? process.exit();
if (ticket.hostFd !== undefined) setOutput({ fd: ticket.hostFd, tag: () => task.tag });
replaceStandardStreams();
getReadyForTasks();
process.argv = task.argv;
afterExitListeners((exitcode) => {
  // Where no kernel marks the end of a thread, its last act does.
  if (isEndMarked()) return setExitcode(ticket.slot, exitcode);
  markDied(ticket.slot, exitcode);
  programMemory().wake(lifeWordIndex(ticket.slot), 1);
});
runTask(task);

/** They may change the exit code, and use what is this thread's. */
function afterExitListeners(then: (exitcode: number) => void): void {
  const { emit } = process;
  process.emit = ((event: string, ...args: unknown[]): boolean => {
    try {
      return Reflect.apply(emit, process, [event, ...args]);
    } finally {
      if (event === 'exit') then(Number(process.exitCode ?? args[0]));
    }
  }) as typeof emit;
}
