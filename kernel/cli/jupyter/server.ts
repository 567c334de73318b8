// A Jupyter Server as a child of this process: started, waited for, and ended for certain.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CliError } from '../../cli-error';
import type { JupyterFolders } from './folders';

export interface ServerOptions {
  /** The Python that has Jupyter. */
  python: string;
  module: 'jupyterlab' | 'notebook' | 'jupyter_server';
  args: string[];
  folders: JupyterFolders;
  /** 'inherit': a person reads its log. 'keep': it is shown only when the server fails. */
  log: 'inherit' | 'keep';
}

export interface RunningServer {
  pid: number;
  /** Resolves with the exit code, 1 after a death by signal. */
  ended: Promise<number>;
  /**
   * Resolves when it answers; rejects when it ended before. No token: the caller's own options chose another.
   */
  ready(): Promise<{ url: string; token?: string }>;
  /** The end of its log, when that is kept. */
  lastWords(): string;
  /** Asks it to end with all its kernels, and ends it by force after ten seconds. */
  end(): Promise<void>;
}

// The pipe on its standard input closes when this process ends, in whatever way, SIGKILL included: then it
// ends too.
const ENDS_WITH_ITS_PARENT = `
import os, runpy, signal, sys, threading, time
def end_with_parent():
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(10)
    os._exit(1)
threading.Thread(target=end_with_parent, daemon=True).start()
runpy.run_module(sys.argv.pop(1), run_name='__main__', alter_sys=True)
`;

const READY_WITHIN_MS = 60_000;

export function startServer(options: ServerOptions): RunningServer {
  const token = randomBytes(24).toString('hex');
  const asRoot = process.getuid?.() === 0 ? ['--allow-root'] : [];
  const server = spawn(
    options.python,
    ['-c', ENDS_WITH_ITS_PARENT, options.module, ...asRoot, ...options.args],
    {
      env: { ...options.folders.env, JUPYTER_TOKEN: token },
      stdio: [
        'pipe',
        ...(options.log === 'inherit' ? (['inherit', 'inherit'] as const) : (['pipe', 'pipe'] as const)),
      ],
      // Its own process group: Ctrl-C reaches only this process, which then ends the server in order.
      detached: true,
    },
  );
  let log = '';
  for (const stream of [server.stdout, server.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      log = (log + chunk.toString()).slice(-20_000);
    });
  }
  // Writing to a dead server is no news: `ended` tells it.
  server.stdin?.on('error', () => {});
  let running = true;
  const ended = new Promise<number>((resolve) => {
    server.on('error', () => resolve(127));
    server.on('close', (code) => resolve(code ?? 1));
  }).finally(() => {
    running = false;
  });
  const pid = server.pid ?? 0;

  return {
    pid,
    ended,
    async ready() {
      const deadline = Date.now() + READY_WITHIN_MS;
      while (running && Date.now() < deadline) {
        const url = addressOf(options.folders.runtime, pid);
        const status = url ? await statusOf(url, token) : undefined;
        if (url && status !== undefined) return status === 200 ? { url, token } : { url };
        await sleep(100);
      }
      throw new CliError(`The Jupyter Server did not start; its last words were:\n${log.trim() || '(none)'}`);
    },
    lastWords: () => log.trim().split('\n').slice(-15).join('\n'),
    async end() {
      server.stdin?.end();
      const killer = setTimeout(() => server.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(killer);
    },
  };
}

/** The server writes its address into this file once it listens. */
function addressOf(runtime: string, pid: number): string | undefined {
  try {
    return JSON.parse(readFileSync(path.join(runtime, `jpserver-${pid}.json`), 'utf8')).url;
  } catch {
    return undefined;
  }
}

/** Returns the status of a server; undefined while none answers. */
async function statusOf(url: string, token: string): Promise<number | undefined> {
  try {
    const response = await fetch(new URL('api/status', url), {
      headers: { authorization: `token ${token}` },
      signal: AbortSignal.timeout(2000),
    });
    return response.status;
  } catch {
    return undefined;
  }
}
