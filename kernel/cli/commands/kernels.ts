// Clean kernels for notebooks, of a Jupyter Server that is started for one command, or of one that the user
// named. Whatever ends the command ends the server and its kernels.
import path from 'node:path';
import { CliError } from '../../cli-error';
import { prepareJupyterFolders } from '../jupyter/folders';
import { requireJupyter } from '../jupyter/require-jupyter';
import { startServer } from '../jupyter/server';
import { DEFAULT_NAME } from '../kernelspec/kernel-json';
import { type Connection, connect, type NotebookSession } from '../notebook-runner/connect';

export interface KernelOptions {
  serverUrl?: string;
  token?: string;
  kernel?: string;
}

export interface Kernels {
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
  /** Starts a session in the folder of the notebook. */
  start(file: string): Promise<NotebookSession>;
  /** The end of the server's log, when it is ours. */
  lastWords(): string | undefined;
}

export async function withKernels<T>(
  options: KernelOptions,
  use: (kernels: Kernels) => Promise<T>,
): Promise<T> {
  const ending = new AbortController();
  const end = (): void => ending.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
  quietenConsole();
  const server = options.serverUrl ? undefined : await startOwnServer(ending.signal);
  try {
    const address = server
      ? await server.ready()
      : { url: options.serverUrl ?? '', ...(options.token ? { token: options.token } : {}) };
    const connection = await connect(address);
    return await use({
      signal: ending.signal,
      start: async (file) => {
        const notebookPath = server ? pathFromDiskRoot(file) : await pathOnServer(connection, file);
        return connection.startSession(notebookPath, options.kernel ?? DEFAULT_NAME);
      },
      lastWords: () => server?.lastWords(),
    });
  } finally {
    await server?.end();
  }
}

/** What `--timeout` says. */
export function timeoutMsOf(seconds: string): number {
  const timeoutMs = Number(seconds) * 1000;
  if (timeoutMs > 0) return timeoutMs;
  throw new CliError(`--timeout ${seconds}: give a number of seconds above 0.`);
}

async function startOwnServer(signal: AbortSignal) {
  const jupyter = await requireJupyter();
  const root = path.parse(process.cwd()).root;
  const server = startServer({
    python: jupyter.file,
    module: 'jupyter_server',
    args: ['--ServerApp.port=0', '--ServerApp.open_browser=False', `--ServerApp.root_dir=${root}`],
    folders: prepareJupyterFolders(),
    log: 'keep',
  });
  signal.addEventListener('abort', () => void server.end(), { once: true });
  return server;
}

/** Our own server has the whole disk as its root. */
function pathFromDiskRoot(file: string): string {
  return path.relative(path.parse(file).root, file).split(path.sep).join('/');
}

/**
 * Another server's root is unknown, but it lies above the notebook: the longest end of the path that it has.
 */
async function pathOnServer(connection: Connection, file: string): Promise<string> {
  const parts = pathFromDiskRoot(file).split('/');
  for (let start = 0; start < parts.length; start += 1) {
    const candidate = parts.slice(start).join('/');
    if (await connection.serves(candidate)) return candidate;
  }
  throw new CliError(`That Jupyter Server does not have ${file}: start it in a folder above the notebook.`);
}

/** @jupyterlab/services reports on the console what we tell in our own words. */
function quietenConsole(): void {
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) console[method] = () => {};
}
