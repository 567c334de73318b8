// Hosts of a room for tests: each is the command `parlab worker` in a process of its own, with a cable of its own to the broker.
// All are on this computer, each in a network of its own where the system allows that (network.ts).
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestBroker } from './broker';
import { type Link, linkTo, straightTo } from './link';

const COMMAND = join(__dirname, '../../../kernel/dist/main.js');
const PATIENCE_MS = 60_000;

export interface TestHost {
  readonly name: string;
  readonly pid: number;
  readonly link: Link;
  /** What it said. */
  readonly log: string;
  /** Its own process and all of its children, at once. */
  kill(): void;
  pause(): void;
  goOn(): void;
  /** SIGTERM; resolves with the exit code. */
  leave(): Promise<number | null>;
}

export interface HostOptions {
  slots?: number;
  room?: string;
  env?: Record<string, string>;
  home?: string;
  graceSeconds?: number;
  /** Straight at the broker, without a cable that can be cut. */
  isNear?: boolean;
}

const alive = new Set<Host>();
/** Of all hosts, as those of one user have it. */
let cache: string | undefined;

/** Resolves when it has joined. */
export async function startHost(
  broker: TestBroker,
  name: string,
  options: HostOptions = {},
): Promise<TestHost> {
  const { slots = 2, room = 'room1', env = {}, home = '.', graceSeconds = 10, isNear = false } = options;
  const link = isNear ? straightTo(broker.port) : await linkTo(broker.port);
  const address = `nats://${link.address}/${room}`;
  const [program = '', ...args] = [
    ...link.inside,
    process.execPath,
    COMMAND,
    'worker',
    '--join',
    address,
    '--slots',
    String(slots),
    '--name',
    name,
    '--home',
    home,
    '--grace',
    String(graceSeconds),
  ];
  cache ??= mkdtempSync(join(tmpdir(), 'hosts-'));
  const process_ = spawn(program, args, {
    stdio: ['ignore', 'inherit', 'pipe'],
    env: { ...process.env, ...broker.env, PARLAB_CACHE: cache, ...env },
  });
  const host = new Host(name, process_, link);
  alive.add(host);
  await until(() => host.log.includes('has joined') || host.hasEnded, `${name} joins`);
  if (host.hasEnded) throw new Error(`The host ${name} did not join:\n${host.log}`);
  return host;
}

/** After each test file. */
export async function endHosts(): Promise<void> {
  for (const host of alive) host.kill();
  await Promise.all([...alive].map((host) => host.ended));
  if (cache !== undefined) rmSync(cache, { recursive: true, force: true });
  cache = undefined;
}

export async function until(
  isSo: () => boolean | Promise<boolean>,
  what: string,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain: ${what}.`);
    await sleep(20);
  }
}

class Host implements TestHost {
  readonly name: string;
  readonly link: Link;
  readonly ended: Promise<number | null>;
  readonly #process: ChildProcess;
  log = '';
  hasEnded = false;

  constructor(name: string, child: ChildProcess, link: Link) {
    this.name = name;
    this.link = link;
    this.#process = child;
    child.stderr?.on('data', (bytes: Buffer) => {
      this.log += bytes.toString();
    });
    this.ended = new Promise((resolve) => {
      child.once('exit', (code) => {
        this.hasEnded = true;
        link.close();
        alive.delete(this);
        resolve(code);
      });
    });
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  kill(): void {
    this.#signalAll('SIGKILL');
  }

  pause(): void {
    this.#signalAll('SIGSTOP');
  }

  goOn(): void {
    this.#signalAll('SIGCONT');
  }

  leave(): Promise<number | null> {
    this.#process.kill('SIGTERM');
    return this.ended;
  }

  #signalAll(signal: NodeJS.Signals): void {
    for (const pid of [this.pid, ...descendantsOf(this.pid)]) {
      try {
        process.kill(pid, signal);
      } catch {
        // It has ended meanwhile.
      }
    }
  }
}

function descendantsOf(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    } catch {
      // It has ended meanwhile.
    }
  }
  const found: number[] = [];
  const visit = (at: number) => {
    for (const child of children.get(at) ?? []) {
      found.push(child);
      visit(child);
    }
  };
  visit(pid);
  return found;
}
