// Starts the session's second thread, again where its folder went away before the thread stood.

import { join } from 'node:path';
import { type MessagePort, Worker } from 'node:worker_threads';
import { leaveInspectorAtExit } from 'parlab/inspector/leave-inspector';
import { hasNoFolder, nearestFolder } from 'parlab/system/current-folder';
import { criticalDepth } from '../cell/critical';
import { giveUp, textOf } from '../safeguards/give-up';
import { ownProcess } from '../safeguards/pristine';
import { interrupted, interrupting } from './interrupt';
import type { WatcherData } from './watcher';

interface WatcherStart {
  /** The folder where the session works. */
  folder: string;
  /** How many evaluations have arrived. */
  heard: Int32Array;
  /** A port belongs to one thread: each that is started gets its own. */
  openPost(): { answers: MessagePort; answered: Int32Array };
  /** What is begun before this could not be interrupted. */
  stands(): void;
}

export function startWatcher({ folder, heard, openPost, stands }: WatcherStart): void {
  const inspectorLink = new Int32Array(new SharedArrayBuffer(4));
  let watcher = start();
  leaveInspectorAtExit(inspectorLink, () => watcher.postMessage('leave'));

  function start(): Worker {
    const post = openPost();
    const workerData: WatcherData = {
      ...post,
      interrupting,
      interrupted,
      heard,
      criticalDepth,
      inspectorLink,
    };
    const thread = new Worker(join(__dirname, 'watcher.js'), { workerData, transferList: [post.answers] });
    thread.once('online', () => {
      stands();
      thread.unref();
    });
    thread.on('error', startAgain);
    return thread;
  }

  function startAgain(error: unknown): void {
    // Without it nothing could be interrupted any more, and no answer would come.
    if (!hasNoFolder(error)) giveUp(`The session's second thread failed, so it was ended: ${textOf(error)}.`);
    ownProcess.chdir(nearestFolder(folder));
    watcher = start();
  }
}
