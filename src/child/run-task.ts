// Runs the task of a child, whichever kind: becomes who it says, makes its function again, calls it.
import { createRequire } from 'node:module';
import { decodeCaptured } from '../capture/encode';
import { namedModules } from '../capture/named-modules';
import { restore } from '../capture/restore/restore';
import { followSourceMaps } from '../capture/source-maps';
import { resolveMessagesWith } from '../channel/message';
import { leaveWords } from '../deadlock/reports';
import { quietOwnWarnings } from '../host/quiet-warnings';
import { assumeIdentity } from '../identity/identity';
import { logAt, logExit } from '../identity/log';
import { hookResolving } from '../identity/provided-modules';
import { inheritTypeScript, whenLoaded } from '../identity/typescript-setup';
import { beginInspected } from '../inspector/inspector-socket';
import { currentSlot, setExitcode } from '../memory/slots';
import type { ChildTask } from '../start/child-task';
import { currentFolder } from '../system/current-folder';
import { onLoopEnd } from '../system/loop-end';
import { endTelling } from '../trace/points';
import { loadTypeScriptOnDemand } from './typescript-modules';
import { reportUncaught, tellUncaught } from './uncaught';

/** Node's own code for a program that awaits what can no longer happen. */
const UNSETTLED = 13;

interface Program {
  target: (...args: unknown[]) => unknown;
  args: unknown[];
}

/** Plugs in what every task needs. Is called once, before there is one. */
export function getReadyForTasks(): void {
  process.on('exit', (exitcode) => {
    setExitcode(currentSlot(), exitcode);
    endTelling(exitcode);
    leaveWords();
  });
  logExit();
  reportUncaught();
  followSourceMaps();
  quietOwnWarnings();
}

export function runTask(task: ChildTask): void {
  const { name, moduleHome = currentFolder() } = task.identity;
  assumeIdentity(task.identity);
  hookResolving();
  const require = createRequire(moduleHome);
  inheritTypeScript(task.typescript);
  loadTypeScriptOnDemand(require, task.typescript);
  resolveMessagesWith(require);
  const captured = decodeCaptured(task.program);
  const run = () => {
    const { target, args } = restore(captured, require) as Program;
    logAt('INFO', () => 'child process calling self.run()');
    const result = target(...args);
    if (isThenable(result)) awaitResult(name, result);
  };
  // A task without a tag of the host's, such as a rehearsal, is not opened to a debugger.
  const begin = () => (task.tag === '' ? run() : beginInspected(name, run));
  const loading = whenLoaded(namedModules(captured), require);
  if (loading === undefined) begin();
  else awaitResult(name, loading.then(begin));
}

function awaitResult(name: string, result: PromiseLike<unknown>): void {
  let settled = false;
  let ranDry = false;
  result.then(
    () => {
      settled = true;
    },
    (error) => {
      settled = true;
      tellUncaught(name, error);
      process.exit(1);
    },
  );
  // Only a loop that ran dry is a mistake: whoever calls process.exit() means it.
  onLoopEnd(() => {
    ranDry = true;
  });
  process.once('exit', () => {
    if (settled || !ranDry) return;
    process.stderr.write(
      `Process ${name} ended while its target still awaited something that could no longer happen.\n`,
    );
    process.exitCode = UNSETTLED;
  });
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
