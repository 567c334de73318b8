// `npm run classroom`: a class of 20 comes in, and everybody opens the same notebook at once, on a JupyterHub of its own. Prints
// how long they wait, and what memory they take. `-- --students 5 --notebook 06` makes it another class. Linux only.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { connect } from '../../kernel/cli/notebook-runner/connect';
import { readNotebook } from '../../kernel/cli/notebook-runner/notebook-file';
import { runNotebook } from '../../kernel/cli/notebook-runner/run-notebook';
import { installation } from '../../kernel/package-root';
import { startHub } from './hub';

const CELL_MS = 120_000;
const IDLE_S = 10;
const KIB_A_MIB = 1024;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { students: { type: 'string', default: '20' }, notebook: { type: 'string', default: '02' } },
  });
  const notebooks = path.join(installation, 'notebooks');
  const name = readdirSync(notebooks).find(
    (file) => file.startsWith(values.notebook ?? '') && file.endsWith('.ipynb'),
  );
  if (name === undefined) throw new Error(`There is no notebook ${values.notebook}.`);
  process.env.PARLAB_COMPILER_IDLE = String(IDLE_S);
  const { programs, proxy } = await prepare();
  const home = mkdtempSync(path.join(tmpdir(), 'parlab-classroom-'));
  const hub = await startHub(programs, proxy, home);
  try {
    const students = Array.from({ length: Number(values.students) }, (_, index) => `student-${index + 1}`);
    const entered = await Promise.all(students.map((student) => timed(() => hub.enter(student))));
    tell(
      'until the server answers',
      entered.map(({ ms }) => ms),
    );
    tell('MiB of a server', [memoryMib(hub.process.pid as number) / students.length]);
    cpSync(path.join(notebooks, name), path.join(home, name));
    const sessions = await Promise.all(
      entered.map(async ({ value }) => await (await connect(value)).startSession(name, 'parlab')),
    );
    const runs = await Promise.all(
      sessions.map(({ kernel }) =>
        timed(async () => {
          const notebook = readNotebook(path.join(home, name));
          const failure = await runNotebook(kernel, notebook, {
            timeoutMs: CELL_MS,
            signal: new AbortController().signal,
            onCell() {},
          });
          if (failure) throw new Error(`cell ${failure.cellNumber}: ${failure.reason}`);
        }),
      ),
    );
    tell(
      `until ${name} has run`,
      runs.map(({ ms }) => ms),
    );
    tell('MiB of a student, awake', [memoryMib(hub.process.pid as number) / students.length]);
    await new Promise((resolve) => setTimeout(resolve, (IDLE_S + 10) * 1000));
    tell('MiB of a student, asleep', [memoryMib(hub.process.pid as number) / students.length]);
    await Promise.all(sessions.map((session) => session.end()));
  } finally {
    await hub.end();
    rmSync(home, { recursive: true, force: true });
  }
}

/** Both kept beside .venv: the hub with our kernel, and the proxy that it needs. */
async function prepare(): Promise<{ programs: string; proxy: string }> {
  const { keptVenv } = await import('../../kernel/cli/set-up/venv.mjs');
  const venv = path.join(installation, '.venv-classroom');
  const python = await keptVenv(installation, {
    venv,
    requirements: path.join(installation, 'test', 'classroom', 'requirements.txt'),
    what: 'JupyterHub',
  });
  const proxy = path.join(venv, 'node_modules', '.bin', 'configurable-http-proxy');
  if (!existsSync(proxy)) {
    mkdirSync(venv, { recursive: true });
    execFileSync('npm', ['install', '--prefix', venv, '--silent', 'configurable-http-proxy@5'], {
      stdio: 'inherit',
    });
  }
  const kernel = path.join(installation, 'kernel', 'dist', 'main.js');
  execFileSync(process.execPath, [kernel, 'install', '--prefix', venv], { stdio: 'ignore' });
  return { programs: path.dirname(python), proxy };
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; ms: number }> {
  const began = performance.now();
  const value = await work();
  return { value, ms: performance.now() - began };
}

function tell(what: string, figures: number[]): void {
  const sorted = figures.toSorted((a, b) => a - b);
  const [least = 0, most = 0] = [sorted[0], sorted.at(-1)];
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const load = loadavg()[0]?.toFixed(1);
  const text =
    figures.length === 1
      ? middle.toFixed(0)
      : `${middle.toFixed(0)} (${least.toFixed(0)} to ${most.toFixed(0)}) ms`;
  process.stdout.write(`${what}: ${text}; load ${load}\n`);
}

/** All that descends from the hub. What several processes share counts once: the sum of their proportional parts. */
function memoryMib(root: number): number {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => [Number(pid), parentOf(pid)]),
  );
  const isInside = (pid: number | undefined): boolean =>
    pid !== undefined && (pid === root || isInside(parents.get(pid)));
  return [...parents.keys()].filter(isInside).reduce((sum, pid) => sum + pssKib(pid), 0) / KIB_A_MIB;
}

function parentOf(pid: string): number | undefined {
  const parent = Number(/^PPid:\t(\d+)$/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
  return parent > 0 ? parent : undefined;
}

function pssKib(pid: number): number {
  return Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // It has ended.
  }
}

void main();
