// The main file of a child process: joins the program's memory, loads everything, and sleeps until it gets its task.
import { setOutput } from '../host/output';
import { replaceStandardStreams } from '../host/standard-streams';
import { joinMemory } from '../memory/memory';
import { enterSlot } from '../memory/slots';
import { takeTask } from '../process/child-task';
import { type ChildTicket, childDescriptors } from '../process/child-ticket';
import { dieWithParent } from './die-with-parent';
import './preload';
import { preloadFiles } from './preload-files';
import { runTask } from './run-task';

const ticket = JSON.parse(process.argv[2] ?? '') as ChildTicket;
// First, so that no orphan is possible from here on.
dieWithParent(ticket.parentPid);
joinMemory(ticket.memory);
enterSlot(ticket.slot);
preloadFiles(ticket.preload, ticket.typescript);

const task = takeTask(ticket.slot) ?? process.exit();
if (ticket.hasHost) setOutput({ fd: childDescriptors.frames, tag: () => task.tag });
replaceStandardStreams();
process.argv = task.argv;
if (process.cwd() !== task.cwd) process.chdir(task.cwd);
if (task.env) replaceEnvironment(task.env);
runTask(task, ticket.slot);

function replaceEnvironment(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  Object.assign(process.env, env);
}
