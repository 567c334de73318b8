// SIGTERM ends a kernel within two seconds, whatever it is doing, and leaves neither a process nor a temporary file.

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'libsql';
import { Subscriber } from 'zeromq';
import type { Connection } from '../../kernel/kernel-process/transport/connection-file';
import { HEAVY } from '../support/compiler/heavy-cells';
import { DebugClient } from '../support/kernel/debug-client';
import { freeConnection } from '../support/kernel/free-ports';
import {
  COMPILER,
  findsProcesses,
  kernelProgram,
  processesWith,
  processWhose,
  type RealKernel,
  SESSION,
  startRealKernel,
  untilNone,
} from '../support/kernel/real-kernel';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

/** Two seconds, and what a loaded machine adds. */
const GONE_MS = 4000;

async function begin(kernel: RealKernel, code: string) {
  const cell = kernel.client.execute(code);
  await cell.until(() => cell.text('stdout').includes('begun'), 'the cell to begin');
}

const situations: [
  what: string,
  bring: (kernel: RealKernel, history: string) => Promise<(() => void) | undefined>,
][] = [
  ['that does nothing', async () => undefined],
  ['whose cell loops', async (kernel) => void (await begin(kernel, 'console.log("begun"); for (;;);'))],
  [
    'whose session ignores a shutdown',
    async (kernel) => {
      await kernel.client.execute("process.on('exit', () => { for (;;); }); 1").done();
      return undefined;
    },
  ],
  ['whose session is stopped', async (kernel) => void process.kill(processWhose(kernel, SESSION), 'SIGSTOP')],
  [
    'whose compiler is stopped',
    async (kernel) => void process.kill(processWhose(kernel, COMPILER), 'SIGSTOP'),
  ],
  [
    'whose compiler is busy',
    async (kernel) => {
      kernel.client.execute(HEAVY);
      await sleep(1000);
      return undefined;
    },
  ],
  [
    'with a debugger attached, and a cell that it has stopped',
    async (kernel) => {
      const debug = new DebugClient(kernel);
      await debug.attach();
      await debug.breakIn('let b = 1;\nb;', 2);
      kernel.client.execute('let b = 1;\nb;');
      await debug.stopped('breakpoint');
      return undefined;
    },
  ],
  [
    'with a front end that subscribed and reads nothing',
    async (kernel) => {
      const connection = JSON.parse(readFileSync(join(kernel.directory, 'connection.json'), 'utf8'));
      const stalled = stall(connection as Connection);
      await sleep(500);
      await begin(
        kernel,
        "console.log('begun'); for (let n = 0; n < 10_000; n++) display({ [Symbol.for('Jupyter.display')]: () => ({ 'text/plain': 'x'.repeat(1e5) }) });",
      );
      await sleep(4000);
      return () => stalled.close();
    },
  ],
  [
    'whose history is locked by another program',
    async (kernel, history) => {
      const database = new Database(history);
      database.exec('BEGIN EXCLUSIVE');
      kernel.client.execute('2');
      await sleep(100);
      return () => database.close();
    },
  ],
  [
    'in the middle of a display of 300 MB',
    async (kernel) => {
      await begin(
        kernel,
        "console.log('begun'); display({ [Symbol.for('Jupyter.display')]: () => ({ 'text/plain': 'x'.repeat(3e8) }) });",
      );
      await sleep(1500);
      return undefined;
    },
  ],
];

for (const [what, bring] of situations) {
  test(`A kernel ${what}`, findsProcesses, async (t) => {
    const temporary = mkdtempSync(join(tmpdir(), 'parlab-sigterm-'));
    const history = mkdtempSync(join(tmpdir(), 'parlab-history-'));
    const kernel = await startRealKernel({
      TMPDIR: temporary,
      PARLAB_HISTORY: join(history, 'history.sqlite'),
    });
    try {
      await kernel.client.execute('1').done();
      const undo = await bring(kernel, join(history, 'history.sqlite'));
      await endsInTime(t, kernel.process, () => untilNone(kernel, GONE_MS));
      undo?.();
      assert.deepEqual(readdirSync(temporary), []);
    } finally {
      await kernel.stop();
      for (const folder of [temporary, history]) rmSync(folder, { recursive: true });
    }
  });
}

async function endsInTime(t: TestContext, kernel: ChildProcess, none: () => Promise<number[]>) {
  const startMs = performance.now();
  kernel.kill('SIGTERM');
  kernel.kill('SIGTERM'); // whoever is in a hurry sends it twice
  assert.deepEqual(await none(), []);
  t.diagnostic(`gone after ${Math.round(performance.now() - startMs)} ms`);
}

/** Small buffers, so that what it does not read stays with the kernel. */
function stall(connection: Connection): Subscriber {
  const stalled = new Subscriber({ receiveHighWaterMark: 1, receiveBufferSize: 4096, linger: 0 });
  stalled.connect(`tcp://${connection.ip}:${connection.iopub_port}`);
  stalled.subscribe('');
  return stalled;
}

for (const afterMs of [0, 30, 60, 100, 150, 200, 300, 400, 600]) {
  test(`A kernel that began ${afterMs} ms ago`, findsProcesses, async (t) => {
    const directory = mkdtempSync(join(tmpdir(), 'parlab-sigterm-'));
    const connection = await freeConnection();
    const file = join(directory, 'connection.json');
    writeFileSync(file, JSON.stringify(connection));
    const temporary = join(directory, 'temporary');
    mkdirSync(temporary);
    const kernel = spawn(process.execPath, [kernelProgram, 'kernel', file], {
      cwd: directory,
      env: {
        ...process.env,
        PARLAB_TEST_KERNEL: connection.key,
        PARLAB_HISTORY: ':memory:',
        TMPDIR: temporary,
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    try {
      await sleep(afterMs);
      await endsInTime(t, kernel, async () => {
        const deadline = Date.now() + GONE_MS;
        const left = () => processesWith(`PARLAB_TEST_KERNEL=${connection.key}`);
        while (left().length > 0 && Date.now() < deadline) await sleep(20);
        return left();
      });
      assert.deepEqual(readdirSync(temporary), []);
    } finally {
      kernel.kill('SIGKILL');
      rmSync(directory, { recursive: true });
    }
  });
}
