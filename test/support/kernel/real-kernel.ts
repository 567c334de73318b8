// The kernel as Jupyter starts it: its own process, a connection file, real sockets, the real compiler and session.

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sealOf } from '../../../kernel/kernel-process/transport/connection-file';
import { nothingLeft } from '../processes/nothing-left';
import { Client } from './client';
import { freeConnection, whenListening } from './free-ports';
import { ZeromqLink } from './zeromq-link';

export const kernelProgram = join(__dirname, '../../../kernel/main.js');

export interface RealKernel {
  client: Client;
  link: ZeromqLink;
  process: ChildProcess;
  /** The notebook's folder. */
  directory: string;
  stop(): Promise<void>;
  /** Processes that descend from this kernel, whoever their parent is now. */
  processes(): number[];
}

export async function startRealKernel(
  environment: NodeJS.ProcessEnv = {},
  output: 'inherit' | 'pipe' | number = 'inherit',
): Promise<RealKernel> {
  const directory = mkdtempSync(join(tmpdir(), 'parlab-kernel-'));
  const connection = await freeConnection();
  const file = join(directory, 'connection.json');
  writeFileSync(file, JSON.stringify(connection));
  // Inherited by everything that the kernel starts, so that it can be found afterwards.
  const mark = `PARLAB_TEST_KERNEL=${connection.key}`;
  const kernel = spawn(process.execPath, [kernelProgram, 'kernel', file], {
    cwd: directory,
    env: {
      ...process.env,
      PARLAB_TEST_KERNEL: connection.key,
      JPY_PARENT_PID: String(process.pid),
      PARLAB_HISTORY: ':memory:',
      ...environment,
    },
    stdio: ['ignore', output, output],
  });
  const exited = new Promise((resolve) => kernel.once('exit', resolve));
  await whenListening(connection);
  const link = new ZeromqLink(connection);
  const client = new Client(link, sealOf(connection));
  await client.welcomed();
  return {
    client,
    link,
    process: kernel,
    directory,
    processes: () => processesWith(mark),
    async stop() {
      if (kernel.exitCode === null && kernel.signalCode === null) {
        client.request('shutdown_request', { restart: false }, 'control');
        await Promise.race([
          exited,
          sleep(10_000, undefined, { ref: false }).then(() => kernel.kill('SIGKILL')),
        ]);
      }
      await exited;
      link.close();
      rmSync(directory, { recursive: true });
    },
  };
}

/** One kernel for all tests of a describe(): started before them and stopped behind them, and then nothing is left of it. */
export function sharedKernel(environment: NodeJS.ProcessEnv = {}, graceMs = 0): RealKernel {
  let started: RealKernel | undefined;
  const kernel = (): RealKernel => started ?? assert.fail('The kernel is there in tests and hooks alone.');
  before(async () => {
    started = await startRealKernel(environment);
  });
  after(async () => {
    await started?.stop();
    if (started) assert.deepEqual(await untilNone(started, graceMs), []);
    await nothingLeft();
  });
  return {
    get client() {
      return kernel().client;
    },
    get link() {
      return kernel().link;
    },
    get process() {
      return kernel().process;
    },
    get directory() {
      return kernel().directory;
    },
    stop: () => kernel().stop(),
    processes: () => kernel().processes(),
  };
}

/** A kernel to be used by one test, stopped whatever happens. */
export async function withKernel<T>(
  use: (kernel: RealKernel) => Promise<T>,
  environment: NodeJS.ProcessEnv = {},
): Promise<T> {
  const kernel = await startRealKernel(environment);
  try {
    return await use(kernel);
  } finally {
    await kernel.stop();
  }
}

/** Processes are found by their environment, which only Linux shows. */
export const findsProcesses = { skip: process.platform !== 'linux' && 'needs /proc' };

export function processesWith(mark: string): number[] {
  if (findsProcesses.skip) return [];
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && isMarked(pid, mark));
}

function isMarked(pid: number, mark: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(mark);
  } catch {
    return false; // it ended meanwhile, or belongs to another user
  }
}

/** Of these processes the one whose command line says so. */
export function processWhose(kernel: RealKernel, commandLine: RegExp): number {
  const found = kernel.processes().find((pid) => {
    try {
      return commandLine.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '));
    } catch {
      return false; // it ended meanwhile
    }
  });
  if (found === undefined) throw new Error(`No process of the kernel is ${commandLine}.`);
  return found;
}

export const SESSION = /^parlab session/;
export const COMPILER = /--snapshot-blob \S+\.image (?!.*--build-snapshot)|compiler-process\/entry\.js/;

export async function untilNone(kernel: RealKernel, withinMs: number): Promise<number[]> {
  const deadline = Date.now() + withinMs;
  while (kernel.processes().length > 0 && Date.now() < deadline) await sleep(50);
  return kernel.processes();
}
