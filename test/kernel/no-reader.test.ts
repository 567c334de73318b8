// A kernel whose output nobody reads: its pipe is closed, or full. It answers all the same, costs nothing, and ends when told to.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  constants,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sealOf } from '../../kernel/kernel-process/transport/connection-file';
import { HEAVY } from '../support/compiler/heavy-cells';
import { Client } from '../support/kernel/client';
import { freeConnection, whenListening } from '../support/kernel/free-ports';
import {
  findsProcesses,
  kernelProgram,
  processesWith,
  type RealKernel,
  startRealKernel,
  untilNone,
} from '../support/kernel/real-kernel';
import { ZeromqLink } from '../support/kernel/zeromq-link';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

/** Two seconds, and what a loaded machine adds. */
const GONE_MS = 4000;

interface NamedPipe {
  reader: number;
  writer: number;
  remove(): void;
}

function namedPipe(): NamedPipe {
  const folder = mkdtempSync(join(tmpdir(), 'parlab-fifo-'));
  const file = join(folder, 'pipe');
  assert.equal(spawnSync('mkfifo', [file]).status, 0);
  const reader = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  return { reader, writer: openSync(file, 'w'), remove: () => rmSync(folder, { recursive: true }) };
}

function fill({ writer }: NamedPipe): void {
  const own = openSync(`/proc/self/fd/${writer}`, constants.O_WRONLY | constants.O_NONBLOCK);
  try {
    for (const chunk of [Buffer.alloc(4096, '.'), Buffer.from('.')]) for (;;) writeSync(own, chunk);
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, 'EAGAIN');
    for (let hasRoom = true; hasRoom; ) {
      try {
        writeSync(own, '.');
      } catch {
        hasRoom = false;
      }
    }
  } finally {
    closeSync(own);
  }
}

function processorTimeMs(pid: number): number {
  const [, after = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const fields = after.split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Each is a sentence of the log. */
async function provoke(kernel: RealKernel): Promise<void> {
  for (let count = 0; count < 4; count++) {
    kernel.link.send('shell', [Buffer.from('<IDS|MSG>'), 'unsigned', '{}', '{}', '{}', '{}']);
    kernel.link.send('stdin', [Buffer.from('no message')]);
    kernel.client.notify('unknown_request' as 'comm_msg', {});
  }
  await kernel.client.request('kernel_info_request', {}).done();
}

async function works(kernel: RealKernel): Promise<void> {
  await provoke(kernel);
  assert.equal(await kernel.link.beat('alive'), 'alive');
  const cell = kernel.client.execute('6 * 7');
  await cell.done();
  assert.equal(cell.result, '42');
  await sleep(1500); // in which the compiler rehearses, and not the kernel
  const pid = kernel.process.pid as number;
  const beforeMs = processorTimeMs(pid);
  await sleep(1000);
  assert.ok(processorTimeMs(pid) - beforeMs < 200, 'the kernel spins');
  kernel.process.kill('SIGTERM');
  assert.deepEqual(await untilNone(kernel, GONE_MS), []);
}

test('A pipe that is closed before the kernel writes', findsProcesses, async () => {
  const pipe = namedPipe();
  const kernel = await startRealKernel({}, pipe.writer);
  for (const end of [pipe.writer, pipe.reader]) closeSync(end);
  try {
    await works(kernel);
  } finally {
    await kernel.stop();
    pipe.remove();
  }
});

test('A pipe that is closed after the kernel wrote', findsProcesses, async () => {
  const pipe = namedPipe();
  const kernel = await startRealKernel({}, pipe.writer);
  try {
    await provoke(kernel);
    const written = Buffer.alloc(1000);
    readSync(pipe.reader, written);
    assert.match(written.toString(), /^\[parlab\] A message on shell was dropped: wrong signature\.\n/);
    for (const end of [pipe.writer, pipe.reader]) closeSync(end);
    await works(kernel);
  } finally {
    await kernel.stop();
    pipe.remove();
  }
});

test('A pipe that is full and open', findsProcesses, async () => {
  const pipe = namedPipe();
  fill(pipe);
  const kernel = await startRealKernel({}, pipe.writer);
  try {
    await works(kernel);
  } finally {
    await kernel.stop();
    for (const end of [pipe.writer, pipe.reader]) closeSync(end);
    pipe.remove();
  }
});

test('A socket, as Node gives its children, that is closed', findsProcesses, async () => {
  const kernel = await startRealKernel({}, 'pipe');
  kernel.process.stdout?.destroy();
  kernel.process.stderr?.destroy();
  try {
    await works(kernel);
  } finally {
    await kernel.stop();
  }
});

test(
  'A kernel whose Jupyter server is killed while a cell is converted, and whose output is closed with it, is gone soon.',
  findsProcesses,
  async () => {
    const connection = await freeConnection();
    const directory = mkdtempSync(join(tmpdir(), 'parlab-orphan-'));
    const file = join(directory, 'connection.json');
    writeFileSync(file, JSON.stringify(connection));
    const pipe = namedPipe();
    const server = spawn(
      process.execPath,
      [
        '-e',
        `const { spawn } = require('node:child_process');
         const env = { ...process.env, JPY_PARENT_PID: String(process.pid), PARLAB_TEST_KERNEL: '${connection.key}' };
         spawn(process.execPath, ${JSON.stringify([kernelProgram, 'kernel', file])}, { env, stdio: 'inherit', detached: true });
         setInterval(() => {}, 1000);`,
      ],
      { stdio: ['ignore', pipe.writer, pipe.writer], env: { ...process.env, PARLAB_HISTORY: ':memory:' } },
    );
    const left = () => processesWith(`PARLAB_TEST_KERNEL=${connection.key}`);
    const link = new ZeromqLink(connection);
    try {
      await whenListening(connection);
      const client = new Client(link, sealOf(connection));
      await client.welcomed();
      await client.execute('1').done();
      const cell = client.execute(HEAVY);
      await cell.until(() => cell.contents('execute_input').length > 0, 'the cell');
      await sleep(300);
      server.kill('SIGKILL');
      for (const end of [pipe.writer, pipe.reader]) closeSync(end);
      const deadline = Date.now() + GONE_MS;
      while (left().length > 0 && Date.now() < deadline) await sleep(20);
      assert.deepEqual(left(), []);
    } finally {
      server.kill('SIGKILL');
      link.close();
      rmSync(directory, { recursive: true });
      pipe.remove();
    }
  },
);
