// The session's second thread: hears the kernel while the main thread is busy. It interrupts the student's code, takes the answers
// to questions, and ends the whole process when the kernel is gone.

import { rmSync } from 'node:fs';
import { type Runtime, Session } from 'node:inspector';
import { Socket } from 'node:net';
import { dirname } from 'node:path';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
// Not all of src/host: a thread of its own would load the library once more.
import { InspectorRelay } from '../../src/host/inspector-relay';
import { InspectorLink, letGo } from '../../src/host/leave-inspector';
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
  /** How many evaluations had been sent before the last interrupt. */
  interrupted: Int32Array;
  /** An `InspectorLink`: whether a debugger is connected, which must be let go before the exit. */
  inspectorLink: Int32Array;
}

const ATTEMPT_MS = 15;
/** A main thread that does not answer for so long is inside a system call, such as execFileSync. */
const BLOCKED_MS = 150;

const { answers, answered, interrupting, interrupted, inspectorLink } = workerData as WatcherData;
const relays = new Set<InspectorRelay>();
listen<Signal>(descriptors.signals, obey, kernelIsGone);
parentPort?.once('message', leaveInspector);
listen<Answer>(descriptors.answers, (answer) => {
  answers.postMessage(answer);
  Atomics.add(answered, 0, 1);
  Atomics.notify(answered, 0);
});

/** Which a kernel that was killed leaves behind. */
let debuggerSocket: string | undefined;
/** 0: an interrupt that the main thread has not heard of yet. */
let attempt = 0;
/** Connected only while it is needed: Node waits at its exit for such connections, and says so. */
let mainThread: Session | undefined;

function obey(signal: Signal): void {
  switch (signal.type) {
    case 'interrupt':
      Atomics.store(interrupted, 0, signal.evaluations);
      interrupt();
      return;
    case 'inspect':
      inspect(signal.socket);
      return;
    default:
      signal satisfies never;
  }
}

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
    if (!stopBlockingChild()) return;
    Atomics.store(interrupting, 0, InterruptionState.stoppedProgram);
    // By the program's end the main thread hears of it; told once more, it would interrupt the next cell.
    attempt = Math.max(attempt, 1);
  }, BLOCKED_MS);
  const tried = { expression: interruptExpression(attempt++), returnByValue: true };
  session.post('Runtime.evaluate', tried, (_error, answer?: Runtime.EvaluateReturnType) => {
    clearInterval(blocked);
    // Not over if another interrupt has come since this one was tried.
    if (answer?.result.value !== 'over' || attempt === 0) {
      setTimeout(tryOnce, ATTEMPT_MS, session);
      return;
    }
    session.disconnect();
    mainThread = undefined;
  });
}

function inspect(socket: string): void {
  debuggerSocket = socket;
  Atomics.store(inspectorLink, 0, InspectorLink.connected);
  const relay = new InspectorRelay(
    socket,
    { pid: process.pid, name: 'Notebook' },
    {
      proceed: () => {},
      closed: () => relays.delete(relay) && relays.size === 0 && letGo(inspectorLink),
    },
  );
  relays.add(relay);
}

/** The main thread is about to exit. */
function leaveInspector(): void {
  for (const relay of relays) relay.close();
  letGo(inspectorLink);
}

function kernelIsGone(): void {
  if (debuggerSocket !== undefined) rmSync(dirname(debuggerSocket), { recursive: true, force: true });
  process.kill(process.pid, 'SIGKILL');
}

function listen<Message extends object>(fd: number, heard: (message: Message) => void, ended?: () => void) {
  const decoder = new MessageDecoder<Message>();
  const socket = new Socket({ fd, readable: true, writable: false });
  socket.on('data', (chunk) => decoder.push(chunk).forEach(heard));
  socket.on('error', () => {});
  if (ended) socket.on('close', ended);
}
