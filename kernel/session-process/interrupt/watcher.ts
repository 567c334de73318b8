// The session's second thread: hears the kernel while the main thread is busy. It interrupts the student's
// code, takes the answers to questions, and ends the whole process when the kernel is gone.

import { rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { dirname } from 'node:path';
import { serialize } from 'node:v8';
import { type MessagePort, parentPort, threadId, workerData } from 'node:worker_threads';
import { encodeFrames } from 'parlab/host/frames';
import { writeFully } from 'parlab/host/write-fully';
// It is not all of src/host: a thread of its own would load the library once more.
import { InspectorRelay } from 'parlab/inspector/inspector-relay';
import { InspectorLink, letGo } from 'parlab/inspector/leave-inspector';
import { MessageDecoder } from '../../conversations/message-stream';
import { type Answer, descriptors, type FromSession, type Signal } from '../../conversations/session';
import { Attempts } from './attempts';
import { Hearing } from './hearing';

export interface WatcherData {
  answers: MessagePort;
  /** It counts the answers: a main thread that blocks sleeps on it. */
  answered: Int32Array;
  /** An `InterruptionState`: none as soon as what was to be interrupted has ended. */
  interrupting: Int32Array;
  /** How many evaluations had been sent before the last interrupt. */
  interrupted: Int32Array;
  /** How many evaluations the main thread has heard of. */
  heard: Int32Array;
  /** It is not 0 while the main thread is where an interrupt must wait. */
  criticalDepth: Int32Array;
  /** An `InspectorLink`: whether a debugger is connected, which must be let go before the exit. */
  inspectorLink: Int32Array;
}

const { answers, answered, interrupting, interrupted, heard, criticalDepth, inspectorLink } =
  workerData as WatcherData;
const attempts = new Attempts(
  { interrupting, criticalDepth },
  {
    failed: (sentence) => tell({ type: 'noted', sentence }),
    gaveUp: () =>
      tell({
        type: 'gaveUp',
        reason: 'An interrupt could not stop what the session was doing, so it was ended.',
      }),
  },
);
const hearing = new Hearing(heard, () =>
  tell({
    type: 'gaveUp',
    reason:
      'The session did not hear the kernel any more, so it was ended: a cell had closed or replaced what it hears with.',
  }),
);
const relays = new Set<InspectorRelay>();
listen<Signal>(descriptors.signals, obey, kernelIsGone);
parentPort?.once('message', leaveInspector);
listen<Answer>(descriptors.answers, (answer) => {
  answers.postMessage(answer);
  Atomics.add(answered, 0, 1);
  Atomics.notify(answered, 0);
});

/** The last debugger's socket, whose folder a kernel that was killed leaves behind. */
let debuggerSocket: string | undefined;

function obey(signal: Signal): void {
  switch (signal.type) {
    case 'interrupt':
      Atomics.store(interrupted, 0, signal.evaluations);
      attempts.interrupt();
      tell({ type: 'interrupting' });
      return;
    case 'check':
      tell({ type: 'listening' });
      hearing.check(signal.evaluations);
      return;
    case 'inspect':
      inspect(signal.socket);
      return;
    default:
      signal satisfies never;
  }
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
  try {
    // It ends with the programs that cells have started: it leads a group, where a kernel has started it.
    process.kill(-process.pid, 'SIGKILL');
  } catch {
    process.kill(process.pid, 'SIGKILL');
  }
}

function tell(report: FromSession): void {
  const writer = { pid: process.pid, thread: threadId };
  const frames = encodeFrames({ kind: 'report', writer, tag: '', payload: serialize(report) });
  for (const frame of frames) writeFully(descriptors.frames, frame);
}

function listen<Message extends object>(fd: number, heard: (message: Message) => void, ended?: () => void) {
  const decoder = new MessageDecoder<Message>();
  const socket = new Socket({ fd, readable: true, writable: false });
  socket.on('data', (chunk) => decoder.push(chunk).forEach(heard));
  socket.on('error', () => {});
  if (ended) socket.on('close', ended);
}
