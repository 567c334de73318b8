// Tells another process or thread that it may look again at what it awaits. A process is rung by SIGURG,
// which is ignored by processes that do not listen for it (the Go runtime chose it for that reason); a thread
// by a shared counter.

import { isMainThread } from 'node:worker_threads';
import { programBlock } from '../memory/memory';
import { currentSlot, isAlive, slotsUsed, whenThreadClaimed, wordOf } from '../memory/slots';
import { process } from '../system/node-process';
import { queueMicrotask } from '../system/timers';

let answer: (() => void) | undefined;
const alsoAnswer: (() => void)[] = [];
let isListening = false;
let hearsThreads = false;
let isAnswerQueued = false;

/** `look` runs soon after each ring, and now and then without one. */
export function listenForRings(look: () => void): void {
  if (isListening) return;
  isListening = true;
  answer = look;
  if (isMainThread) listenForSignal();
  else hearThreads();
}

/** The same for one who never stops listening, and waits for nothing. */
export function whenRung(then: () => void): void {
  alsoAnswer.push(then);
  listenForSignal();
}

export function ringDoorbell(slot: number): void {
  const pid = programBlock().memory.i32[wordOf(slot, 'pid')] ?? 0;
  if (slot === currentSlot()) answerSoon();
  else if (pid === process.pid) ringThread(slot);
  else if (pid !== 0) ringProcess(slot, pid);
}

function ringProcess(slot: number, pid: number): void {
  // Rung already and not yet answered: one signal is enough.
  if (Atomics.exchange(programBlock().memory.i32, wordOf(slot, 'doorbell'), 1) === 0) signal(pid);
}

/**
 * Rings all other processes of the program, past their bells: not all of them answer, and who does not listen
 * is not disturbed.
 */
export function ringProcesses(): void {
  const { i32 } = programBlock().memory;
  const pids = new Set<number>();
  for (let slot = 0; slot < slotsUsed(); slot++) if (isAlive(slot)) pids.add(i32[wordOf(slot, 'pid')] ?? 0);
  for (const pid of pids) if (pid > 0 && pid !== process.pid) signal(pid);
}

function signal(pid: number): void {
  try {
    process.kill(pid, 'SIGURG');
  } catch {
    // It is dead; whoever else waits looks again by itself.
  }
}

whenThreadClaimed(() => {
  if (!isMainThread) return;
  listenForSignal();
  hearThreads();
});

let hasSignalListener = false;
function listenForSignal(): void {
  if (hasSignalListener) return;
  hasSignalListener = true;
  process.on('SIGURG', () => {
    passOnToThreads();
    openDoor();
  });
}

/** The slow re-check calls it, too: a ringer killed before its signal left the bell pressed. */
export function openDoor(): void {
  Atomics.store(programBlock().memory.i32, wordOf(currentSlot(), 'doorbell'), 0);
  for (const then of alsoAnswer) then();
  answer?.();
}

function answerSoon(): void {
  if (isAnswerQueued) return;
  isAnswerQueued = true;
  queueMicrotask(() => {
    isAnswerQueued = false;
    answer?.();
  });
}

function passOnToThreads(): void {
  if (!hearsThreads) return;
  const { i32 } = programBlock().memory;
  for (let slot = 0; slot < slotsUsed(); slot++) {
    if (slot === currentSlot() || i32[wordOf(slot, 'pid')] !== process.pid) continue;
    if (Atomics.exchange(i32, wordOf(slot, 'doorbell'), 0) === 1) ringThread(slot);
  }
}

function ringThread(slot: number): void {
  const bells = threadBells();
  Atomics.add(bells, slot, 1);
  Atomics.notify(bells, slot);
}

function hearThreads(): void {
  if (hearsThreads) return;
  hearsThreads = true;
  const bells = threadBells();
  const own = currentSlot();
  let heard = Atomics.load(bells, own);
  const hear = () => {
    const wait = Atomics.waitAsync(bells, own, heard);
    if (wait.async) wait.value.then(onRing);
    else queueMicrotask(onRing);
  };
  const onRing = () => {
    heard = Atomics.load(bells, own);
    openDoor();
    hear();
  };
  hear();
}

let bells: Int32Array<SharedArrayBuffer> | undefined;
function threadBells(): Int32Array<SharedArrayBuffer> {
  bells ??= new Int32Array(programBlock().ticket.doorbells);
  return bells;
}
