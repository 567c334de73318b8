// The session's second thread: hears the kernel while the main thread is busy. It interrupts the student's code, takes the answers
// to questions, and ends the whole process when the kernel is gone.

import { type Runtime, Session } from 'node:inspector';
import { Socket } from 'node:net';
import { type MessagePort, workerData } from 'node:worker_threads';
import { stopBlockingChild } from './blocking-child';
import { type Answer, descriptors, type Signal } from './conversation';
import { InterruptionState, interruptExpression } from './interrupt-expression';
import { MessageDecoder } from './message-stream';

export interface WatcherData {
  answers: MessagePort;
  /** Counts the answers: a main thread that blocks sleeps on it. */
  answered: Int32Array;
  /** An `InterruptionState`: none as soon as what was to be interrupted has ended. */
  interrupting: Int32Array;
}

const ATTEMPT_MS = 20;
/** A main thread that does not answer for so long is inside a system call, such as execFileSync. */
const BLOCKED_MS = 150;

const { answers, answered, interrupting } = workerData as WatcherData;
listen<Signal>(descriptors.signals, interrupt, () => process.kill(process.pid, 'SIGKILL'));
listen<Answer>(descriptors.answers, (answer) => {
  answers.postMessage(answer);
  Atomics.add(answered, 0, 1);
  Atomics.notify(answered, 0);
});

let attempt = 0;
/** Connected only while it is needed: Node waits at its exit for such connections, and says so. */
let mainThread: Session | undefined;

function interrupt(): void {
  attempt = 0;
  Atomics.store(interrupting, 0, InterruptionState.going);
  if (mainThread) return;
  mainThread = new Session();
  mainThread.connectToMainThread();
  tryOnce(mainThread);
}

function tryOnce(session: Session): void {
  const blocked = setInterval(() => {
    if (Atomics.load(interrupting, 0) === InterruptionState.none) return;
    if (stopBlockingChild()) Atomics.store(interrupting, 0, InterruptionState.stoppedProgram);
  }, BLOCKED_MS);
  const tried = { expression: interruptExpression(attempt++), returnByValue: true };
  session.post('Runtime.evaluate', tried, (_error, answer?: Runtime.EvaluateReturnType) => {
    clearInterval(blocked);
    if (answer?.result.value !== 'over') {
      setTimeout(tryOnce, ATTEMPT_MS, session);
      return;
    }
    session.disconnect();
    mainThread = undefined;
  });
}

function listen<Message extends object>(fd: number, heard: (message: Message) => void, ended?: () => void) {
  const decoder = new MessageDecoder<Message>();
  const socket = new Socket({ fd, readable: true, writable: false });
  socket.on('data', (chunk) => decoder.push(chunk).forEach(heard));
  socket.on('error', () => {});
  if (ended) socket.on('close', ended);
}
