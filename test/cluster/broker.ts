// Real brokers for tests: nats-server on a free port of this computer, with a key, and nothing left of it
// afterwards.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findNatsServer } from '../../kernel/cli/room/nats-server';

export interface BrokerOptions {
  /** Undefined: one is made up. Null: everybody may come in. */
  token?: string | null;
  /** More lines of its configuration; with `authorization` or `accounts` of their own give `token: null`. */
  config?: string;
  host?: string;
  maxPayload?: string;
}

export interface TestBroker {
  readonly port: number;
  readonly token: string;
  readonly pid: number;
  /** Of a room in it; 'room1' if none is named. */
  url(room?: string): `nats://${string}`;
  /** What a program needs to be let in. */
  readonly env: { [name: string]: string };
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Comes back on the same port; `wipe`: having forgotten everything; `key`: with another one. */
  restart(options?: { wipe?: boolean; key?: string }): Promise<void>;
  /** SIGSTOP and SIGCONT. */
  pause(): void;
  goOn(): void;
  /** The end of it, and of all that it wrote. */
  stop(): Promise<void>;
}

const PATIENCE_MS = 30_000;

/** By itself it also sets the environment of this process, so that its lines and its children are let in. */
export async function startBroker(options: BrokerOptions = {}): Promise<TestBroker> {
  const { config = '', host = '127.0.0.1', maxPayload = '1MB' } = options;
  const program = findNatsServer();
  const folder = mkdtempSync(join(tmpdir(), 'nats-'));
  const port = await freePort(host);
  const token =
    options.token === undefined ? `key-${Math.random().toString(36).slice(2)}` : (options.token ?? '');
  const file = join(folder, 'nats.conf');
  const store = join(folder, 'store');
  const lines = (key: string) => [
    `listen: "${host}:${port}"`,
    `max_payload: ${maxPayload}`,
    `jetstream { store_dir: "${store}", max_memory_store: 64MB, max_file_store: 1GB }`,
    ...(key === '' ? [] : [`authorization { token: "${key}" }`]),
    config,
  ];
  const configure = (key: string) => writeFileSync(file, `${lines(key).join('\n')}\n`, { mode: 0o600 });
  configure(token);
  if (token !== '') process.env.PARLAB_TOKEN = token;
  let server: ChildProcess | undefined;
  let log = '';

  const start = async (): Promise<void> => {
    const started = spawn(program, ['-c', file], { stdio: ['ignore', 'ignore', 'pipe'] });
    server = started;
    log = '';
    started.stderr?.on('data', (bytes: Buffer) => {
      log += bytes.toString();
    });
    const deadline = Date.now() + PATIENCE_MS;
    while (!log.includes('Server is ready') || !(await isListening(host, port))) {
      if (started.exitCode !== null || Date.now() > deadline)
        throw new Error(`nats-server did not start:\n${log}`);
      await sleep(20);
    }
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ending = server;
    server = undefined;
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
    const gone = new Promise((resolve) => ending.once('exit', resolve));
    // A stopped one hears nothing else.
    ending.kill('SIGCONT');
    ending.kill(signal);
    await gone;
  };
  // Whatever becomes of the test.
  const whatever = () => void server?.kill('SIGKILL');
  process.once('exit', whatever);
  await start();

  return {
    port,
    token,
    get pid() {
      return server?.pid ?? 0;
    },
    url: (room = 'room1') => `nats://${host}:${port}/${room}`,
    env: token === '' ? {} : { PARLAB_TOKEN: token },
    kill: () => end('SIGKILL'),
    restart: async ({ wipe = false, key = token } = {}) => {
      await end('SIGKILL');
      configure(key);
      if (wipe) rmSync(store, { recursive: true, force: true });
      await start();
    },
    pause: () => void server?.kill('SIGSTOP'),
    goOn: () => void server?.kill('SIGCONT'),
    stop: async () => {
      await end('SIGTERM');
      process.off('exit', whatever);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Below those that systems give to outgoing connections. */
async function freePort(host: string): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 20_000);
    const server = createServer().listen(port, host);
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('listening', () => server.close(() => resolve(true))).once('error', () => resolve(false));
    });
    if (isFree) return port;
  }
}

async function isListening(host: string, port: number): Promise<boolean> {
  const socket = connect(port, host);
  const reached = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  });
  socket.destroy();
  return reached;
}
