// A JupyterHub as docs/classroom/jupyterhub_config.py makes it, with its proxy, on ports of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import path from 'node:path';
import { prepareJupyterFolders } from '../../kernel/cli/jupyter/folders';
import { installation } from '../../kernel/package-root';

const READY_MS = 120_000;
const AGAIN_MS = 250;

export interface Hub {
  readonly process: ChildProcess;
  /** Starts the student's server; its address, for `connect()`. */
  enter(student: string): Promise<{ url: string; token: string }>;
  end(): Promise<void>;
}

export async function startHub(programs: string, proxy: string, home: string): Promise<Hub> {
  const [port, hubPort, apiPort] = await Promise.all([freePort(), freePort(), freePort()]);
  const url = `http://127.0.0.1:${port}`;
  const token = randomBytes(24).toString('hex');
  const { env } = prepareJupyterFolders(path.join(home, '.jupyter'));
  const hub = spawn(
    path.join(programs, 'jupyterhub'),
    [
      '--config',
      path.join(installation, 'docs', 'classroom', 'jupyterhub_config.py'),
      `--ConfigurableHTTPProxy.api_url=http://127.0.0.1:${apiPort}`,
      `--ConfigurableHTTPProxy.command=${JSON.stringify([proxy])}`,
    ],
    {
      cwd: home,
      detached: true,
      stdio: ['ignore', 'ignore', process.env.CLASSROOM_LOG ? 'inherit' : 'ignore'],
      env: {
        ...process.env,
        ...env,
        HOME: home,
        PATH: [programs, process.env.PATH].join(path.delimiter),
        CLASSROOM_URL: url,
        CLASSROOM_HUB_PORT: String(hubPort),
        CLASSROOM_TOKEN: token,
        CLASSROOM_PASSWORD: randomBytes(24).toString('hex'),
        CONFIGPROXY_AUTH_TOKEN: randomBytes(24).toString('hex'),
      },
    },
  );
  const ask = (place: string, method = 'GET') =>
    fetch(`${url}/hub/api/${place}`, {
      method,
      headers: { authorization: `token ${token}`, connection: 'close' },
    });
  await until(async () => (await ask('').catch(() => undefined))?.ok === true, 'The hub did not begin.', hub);
  return {
    process: hub,
    async enter(student) {
      await ask(`users/${student}`, 'POST');
      await ask(`users/${student}/server`, 'POST');
      const isReady = async () => {
        const answer = await ask(`users/${student}`);
        const { servers } = (await answer.json()) as { servers?: Record<string, { ready: boolean }> };
        return servers?.['']?.ready === true;
      };
      await until(isReady, `The server of ${student} did not begin.`, hub);
      return { url: `${url}/user/${student}/`, token };
    },
    async end() {
      const hasEnded = new Promise((resolve) => hub.once('exit', resolve));
      hub.kill('SIGINT');
      await hasEnded;
    },
  };
}

async function until(holds: () => Promise<boolean>, otherwise: string, hub: ChildProcess): Promise<void> {
  for (const end = Date.now() + READY_MS; Date.now() < end && hub.exitCode === null; ) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
  throw new Error(otherwise);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
