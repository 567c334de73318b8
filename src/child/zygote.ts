// The main file of the zygote: loads what every child needs, then forks one for each slot that the program
// asks for. It never comes to its event loop; its children do. Why that is sound, and where it is not, says
// docs/decisions/zygote.md.

import { join } from 'node:path';
import { loadTogether, loadWaiting } from '../system/load-together';

loadTogether(module, join(__dirname, '..'));

import { stat } from 'node:fs';
import { joinMemory, programMemory } from '../memory/memory';
import { leaveSlot, wordOf } from '../memory/slots';
import { hasTask } from '../start/child-task';
import type { ChildTicket } from '../start/child-ticket';
import { type Fork, prepareFork } from '../start/zygote/fork';
import { ForkRequests } from '../start/zygote/fork-requests';
import { UNSOUND, ZYGOTE_OPTIONS } from '../start/zygote/zygote-options';
import { whenLoopIsDry } from '../system/dry-loop';
import { exitNow, reap } from '../system/process-calls';
import { performance } from '../system/timers';
import { begin, getReady } from './begin';
import { dieWithParent } from './die-with-parent';
import { endAtOnce } from './end-at-once';
import { endWhenDry } from './end-when-dry';
import { rehearseEnd } from './rehearse-end';
import './preload';
import { rehearse, rehearseRestoring } from './rehearse';

const SOUND = 42;
const PROBE_MS = 10_000;
/** So long after the last fork, what is loaded disturbs no start. */
const QUIET_MS = 100;

const ticket = JSON.parse(process.argv[2] ?? '') as ChildTicket;
dieWithParent(ticket.parentPid);
joinMemory(ticket.memory);
process.execArgv = process.execArgv.slice(0, -ZYGOTE_OPTIONS.length);
getReady({ ...ticket, endsAtOnce: false });
rehearse(ticket.slot);
const fork = prepare();
endAtOnce();
const probe = fork();
if (probe === 0) live();
else if (survives(probe)) serve(fork, ForkRequests.at(ticket.forks ?? 0));
else exitNow(UNSOUND);

/** The program spawns its children, without a word, where a call is missing that forking needs. */
function prepare(): Fork {
  try {
    rehearseEnd(whenLoopIsDry(endWhenDry));
    return prepareFork();
  } catch {
    return exitNow(UNSOUND);
  }
}

function serve(fork: Fork, requests: ForkRequests): void {
  let hasLoadedAll = false;
  for (;;) {
    if (!hasLoadedAll && !requests.isAskedWithin(QUIET_MS)) {
      loadWaiting();
      hasLoadedAll = true;
    }
    const slot = requests.next();
    const pid = fork(wordOf(slot, 'pid'));
    if (pid !== 0) {
      requests.answer(slot, pid);
      continue;
    }
    dieWithParent(ticket.parentPid);
    leaveSlot();
    if (!hasTask(slot)) rehearseRestoring();
    begin(slot);
    return;
  }
}

/** What the probe does: the pieces of Node that a fork might have broken, seen through the event loop. */
function live(): void {
  dieWithParent(process.ppid);
  stat(__filename, () => exitNow(SOUND));
}

function survives(pid: number): boolean {
  const deadline = performance.now() + PROBE_MS;
  for (;;) {
    const exitcode = reap(pid);
    if (exitcode !== undefined) return exitcode === SOUND;
    if (performance.now() > deadline) {
      process.kill(pid, 'SIGKILL');
      return false;
    }
    programMemory().waitSync(0, Atomics.load(programMemory().i32, 0), 0.2);
  }
}
