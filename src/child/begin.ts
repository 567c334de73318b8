// What a child process does, however it was made: it gets ready for any task, sleeps in its slot until it has
// one, and runs it.

import { setOutput } from '../host/output';
import { replaceStandardStreams } from '../host/standard-streams';
import { enterSlot } from '../memory/slots';
import { takeTask } from '../start/child-task';
import { type ChildTicket, childDescriptors } from '../start/child-ticket';
import { endAtOnce } from './end-at-once';
import './preload';
import { currentFolder } from '../system/current-folder';
import { preloadFiles } from './preload-files';
import { getReadyForTasks, runTask } from './run-task';

let tag = '';

/** Does everything that can be done before there is a slot, so that forked children find it done. */
export function getReady({ hasHost, endsAtOnce, preload, typescript }: ChildTicket): void {
  if (endsAtOnce) endAtOnce();
  if (hasHost) setOutput({ fd: childDescriptors.frames, tag: () => tag });
  replaceStandardStreams();
  getReadyForTasks();
  preloadFiles(preload, typescript);
}

/** Makes this process the child of that slot, and runs its task as soon as there is one. */
export function begin(slot: number): void {
  enterSlot(slot);
  const task = takeTask(slot) ?? process.exit();
  tag = task.tag;
  process.argv = task.argv;
  if (currentFolder() !== task.cwd) enter(task.cwd);
  if (task.env) replaceEnvironment(task.env);
  runTask(task);
}

function replaceEnvironment(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  Object.assign(process.env, env);
}

function enter(folder: string): void {
  try {
    process.chdir(folder);
  } catch {
    // It was removed or renamed. The parent goes on, too.
  }
}
