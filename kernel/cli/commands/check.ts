// `parlab check`: runs notebooks as JupyterLab would and tells which hold.
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { CommandError } from '../../command-error';
import { prepareJupyterFolders } from '../jupyter/folders';
import { requireJupyter } from '../jupyter/require-jupyter';
import { type RunningServer, startServer } from '../jupyter/server';
import { DEFAULT_NAME } from '../kernelspec/kernel-json';
import { type Connection, connect, type ServerAddress } from '../notebook-runner/connect';
import { readNotebook, sourceOf, writeNotebook } from '../notebook-runner/notebook-file';
import { type Failure, runNotebook } from '../notebook-runner/run-notebook';
import { ProgressLine } from './progress-line';

export interface CheckOptions {
  serverUrl?: string;
  token?: string;
  kernel?: string;
  write?: boolean;
  /** Seconds for one cell, as typed. */
  timeout: string;
}

/** Resolves with the exit code: 0 only if every notebook holds. */
export async function check(paths: string[], options: CheckOptions): Promise<number> {
  const timeoutMs = Number(options.timeout) * 1000;
  if (!(timeoutMs > 0))
    throw new CommandError(`--timeout ${options.timeout}: give a number of seconds above 0.`);
  const files = notebooksIn(paths);
  const ending = new AbortController();
  const end = (): void => ending.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
  quietenConsole();

  const server = options.serverUrl ? undefined : await startOwnServer(ending.signal);
  try {
    const address = server
      ? await server.ready()
      : { url: options.serverUrl ?? '', ...(options.token ? { token: options.token } : {}) };
    const failed = await checkAll(files, address, {
      ...options,
      server,
      timeoutMs,
      signal: ending.signal,
    });
    return failed === 0 ? 0 : 1;
  } finally {
    await server?.end();
  }
}

interface CheckSettings extends CheckOptions {
  /** The server that was started for this; undefined when the user named one. */
  server: RunningServer | undefined;
  timeoutMs: number;
  signal: AbortSignal;
}

/** Resolves with the number of notebooks that do not hold. */
async function checkAll(files: string[], address: ServerAddress, settings: CheckSettings): Promise<number> {
  const connection = await connect(address);
  let failed = 0;
  for (const file of files) {
    if (settings.signal.aborted) break;
    if (!(await checkOne(connection, file, settings))) failed += 1;
  }
  const total = files.length;
  process.stdout.write(
    settings.signal.aborted
      ? `\nInterrupted.\n`
      : `\n${total - failed} of ${total} ${total === 1 ? 'notebook holds' : 'notebooks hold'}.\n`,
  );
  return settings.signal.aborted ? failed + 1 : failed;
}

async function checkOne(connection: Connection, file: string, settings: CheckSettings): Promise<boolean> {
  const relative = path.relative(process.cwd(), file);
  const name = relative.startsWith('..') ? file : relative;
  const progress = new ProgressLine();
  const notebook = readNotebook(file);
  const begun = Date.now();
  progress.show(`… ${name}  starting a kernel`);
  const notebookPath = settings.server ? pathFromDiskRoot(file) : await pathOnServer(connection, file);
  const session = await connection.startSession(notebookPath, settings.kernel ?? DEFAULT_NAME);
  let failure: Failure | undefined;
  try {
    failure = await runNotebook(session.kernel, notebook, {
      timeoutMs: settings.timeoutMs,
      signal: settings.signal,
      onCell: (number, count) => progress.show(`… ${name}  cell ${number} of ${count}`),
    });
  } finally {
    await session.end();
  }
  const seconds = ((Date.now() - begun) / 1000).toFixed(1);
  progress.end(`${failure ? '✗' : '✓'} ${name}  ${seconds} s`);
  if (failure) process.stdout.write(describe(name, failure));
  // A kernel that does not start tells why in the server's log only.
  if (failure?.cellNumber === 0 && settings.server) process.stdout.write(`${settings.server.lastWords()}\n`);
  // Outputs of a run that failed half-way would replace good ones.
  if (settings.write && !failure) writeNotebook(file, notebook);
  return failure === undefined;
}

function describe(name: string, { cellNumber, cell, reason, traceback }: Failure): string {
  const where = cell ? `${name}, cell [${cellNumber}]: ${firstLine(sourceOf(cell))}` : name;
  const text = traceback.join('\n');
  const lines = (process.stdout.isTTY ? text : stripVTControlCharacters(text)).split('\n');
  const shown = lines.some((line) => line.trim()) ? lines : [];
  return `${[`  ${where}`, `  ${reason}`, ...shown.map((line) => `    ${line}`)].join('\n')}\n`;
}

function firstLine(source: string): string {
  return source.trim().split('\n')[0] ?? '';
}

/** Every .ipynb that the paths name, folders searched through, in the order of their names. */
export function notebooksIn(paths: string[]): string[] {
  const files = paths.flatMap((each) => {
    const full = path.resolve(each);
    const found = statSync(full, { throwIfNoEntry: false });
    if (!found) throw new CommandError(`There is no ${each}.`);
    if (!found.isDirectory()) return [full];
    return readdirSync(full, { recursive: true, encoding: 'utf8' })
      .filter(
        (name) =>
          name.endsWith('.ipynb') && !name.includes('.ipynb_checkpoints') && !name.includes('node_modules'),
      )
      .sort()
      .map((name) => path.join(full, name));
  });
  if (files.length === 0) throw new CommandError(`There is no notebook in ${paths.join(', ')}.`);
  return [...new Set(files)];
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
  throw new CommandError(
    `That Jupyter Server does not have ${file}: start it in a folder above the notebook.`,
  );
}

/** @jupyterlab/services reports on the console what we tell in our own words. */
function quietenConsole(): void {
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) console[method] = () => {};
}
