// Real processes for tests of what lies below Process: each joins the shared memory and runs a file of test/programs.
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { memoryFd, memoryTicket } from '../../../src/memory/memory';
import { claimSlot, markDied, releaseSlot } from '../../../src/memory/slots';
import { type Shareable, toHandle } from '../../../src/objects/handle';
import { addReferenceOf } from '../../../src/objects/holds';

export interface Child {
  process: ChildProcess;
  slot: number;
  pid: number;
  /** What it wrote to stdout, once it has ended. */
  output: Promise<string>;
  exited: Promise<number | NodeJS.Signals>;
}

const programs = join(__dirname, '../../../../test/programs');
let started = 0;

export function startChild(program: string, shared: Shareable[] = [], ...args: unknown[]): Child {
  const slot = claimSlot({ name: `Child-${++started}`, kind: 'process' });
  const handles = shared.map((each) => each[toHandle]());
  for (const handle of handles) addReferenceOf(handle, slot);
  const environment = JSON.stringify({ ticket: memoryTicket(3), slot, handles, args });
  const child = spawn(process.execPath, ['--expose-gc', join(programs, program)], {
    stdio: ['ignore', 'pipe', 'inherit', memoryFd() ?? 'ignore'],
    env: { ...process.env, PARLAB_TEST_JOIN: environment },
  });
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (data: string) => {
    text += data;
  });
  const exited = new Promise<number | NodeJS.Signals>((resolve) => {
    child.on('exit', (code, signal) => {
      markDied(slot, code);
      releaseSlot(slot);
      resolve(signal ?? code ?? 0);
    });
  });
  const output = new Promise<string>((resolve) => child.on('close', () => resolve(text)));
  return { process: child, slot, pid: child.pid ?? 0, output, exited };
}

/** Resolves when the child has written `text`. */
export function hears(child: Child, text: string): Promise<void> {
  return new Promise((resolve) => {
    let heard = '';
    child.process.stdout?.on('data', (data: string) => {
      heard += data;
      if (heard.includes(text)) resolve();
    });
  });
}
