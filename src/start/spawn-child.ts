// Spawns a Node for a child, or for the zygote. A child gets its task later, through shared memory.
import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { accessSync, constants as fileConstants } from 'node:fs';
import { Socket } from 'node:net';
import { constants } from 'node:os';
import { join } from 'node:path';
import { StartFailedError } from '../errors';
import { hostFd } from '../host/output';
import { typeScriptSetup } from '../identity/typescript-setup';
import { lifeWordSays } from '../memory/life';
import { memoryFd, memoryTicket, programMemory } from '../memory/memory';
import { claimSlot, lifeWordIndex, markDied, releaseSlot } from '../memory/slots';
import { exitStatusOf, kernelGuardsChildren } from '../system/process-calls';
import { dropTask } from './child-task';
import { type ChildTicket, childDescriptors } from './child-ticket';
import { childExecArguments } from './exec-arguments';
import { executablePath } from './executable-path';
import { preloads } from './preloads';
import type { WarmChild } from './warm-child';
import { isPlainNode } from './zygote/plain-node';

const ENTRY = join(__dirname, '..', 'child', 'entry.js');

/** How the zygote differs from a child. */
export interface Spawning {
  entry?: string;
  execArguments?: readonly string[];
  forks?: number;
}

export class SpawnedChild implements WarmChild {
  readonly slot: number;
  readonly pid: number;
  /** What the child inherited, to be compared with what holds when it gets its task. */
  readonly env = environment();
  readonly #process: ChildProcess;
  readonly #onExit: ((exitcode: number) => void)[] = [];
  #exitcode: number | undefined;

  constructor({ entry = ENTRY, execArguments, forks }: Spawning = {}) {
    const stdio: StdioOptions = [
      'ignore',
      'inherit',
      'inherit',
      hostFd() ?? 'ignore',
      memoryFd() ?? 'ignore',
      kernelGuardsChildren ? 'ignore' : 'pipe',
    ];
    const memory = memoryTicket(childDescriptors.memory);
    this.slot = claimSlot({ name: 'a process in stock', kind: 'process', isOwn: true });
    const ticket: ChildTicket = {
      parentPid: process.pid,
      slot: this.slot,
      memory,
      hasHost: hostFd() !== undefined,
      preload: preloads(),
      typescript: preloads().length > 0 ? typeScriptSetup() : undefined,
      endsAtOnce: isPlainNode(),
      ...(forks !== undefined && { forks }),
    };
    const options = execArguments ?? childExecArguments(process.execArgv);
    const args = [...options, entry, JSON.stringify(ticket)];
    try {
      this.#process = spawn(executablePath(), args, { stdio });
    } catch (cause) {
      releaseSlot(this.slot);
      throw new StartFailedError('A process', whyNot(cause), { cause });
    }
    // Without a pid there is only an 'error' event, too late to be thrown by start().
    this.#process.once('error', () => {});
    if (this.#process.pid === undefined) {
      releaseSlot(this.slot);
      throw new StartFailedError('A process', whyNot());
    }
    this.pid = this.#process.pid;
    this.#process.unref();
    const pipes: readonly unknown[] = this.#process.stdio;
    const guard = pipes[childDescriptors.guard];
    if (guard instanceof Socket) guard.unref();
    this.#process.once('exit', (code, signal) => {
      const exitcode = this.#settle(code ?? -constants.signals[signal!]);
      for (const listener of this.#onExit) listener(exitcode);
    });
  }

  onExit(listener: (exitcode: number) => void): void {
    this.#onExit.push(listener);
  }

  exitcode(): number | undefined {
    if (this.#exitcode !== undefined) return this.#exitcode;
    const exitcode = exitStatusOf(this.pid);
    return exitcode === undefined ? undefined : this.#settle(exitcode);
  }

  waitSync(timeoutMs: number): void {
    const memory = programMemory();
    const word = lifeWordIndex(this.slot);
    const seen = Atomics.load(memory.i32, word);
    // The kernel marks the word a moment before the exit code can be asked for.
    memory.waitSync(word, seen, lifeWordSays(this.slot) === false ? 1 : timeoutMs);
  }

  signal(signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): void {
    this.#process.kill(signal);
  }

  discard(): void {
    this.signal('SIGKILL');
  }

  keepLoop(going: boolean): void {
    if (going) this.#process.ref();
    else this.#process.unref();
  }

  #settle(exitcode: number): number {
    if (this.#exitcode === undefined) {
      this.#exitcode = exitcode;
      dropTask(this.slot);
      markDied(this.slot, exitcode);
      releaseSlot(this.slot);
    }
    return this.#exitcode;
  }
}

/** Why the system spawned nothing, as far as that can be known: `error` only where Node throws one. */
function whyNot(error?: unknown): string {
  if ((error as { code?: unknown } | undefined)?.code === 'E2BIG')
    return 'its environment is larger than the system allows (E2BIG): keep large texts out of process.env';
  try {
    accessSync(executablePath(), fileConstants.X_OK);
  } catch {
    return `${executablePath()} can no longer be run: setExecutable() chooses another Node`;
  }
  return 'the system gives no more processes (see ulimit -u, ulimit -n and the free memory)';
}

function environment(): string {
  return JSON.stringify(process.env);
}
