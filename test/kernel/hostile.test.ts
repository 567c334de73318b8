// Whatever comes to a socket: the kernel stays, runs nothing that is not signed, and keeps nothing of it.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { type Connection, sealOf } from '../../kernel/kernel-process/transport/connection-file';
import type { AskingChannel } from '../../kernel/kernel-process/transport/transport';
import { hostile } from '../support/hostile/hostile-frames';
import type { Client } from '../support/kernel/client';
import { seal, startInMemory } from '../support/kernel/in-memory';
import { findsProcesses, startRealKernel } from '../support/kernel/real-kernel';
import { ZeromqLink } from '../support/kernel/zeromq-link';
import { collectGarbage } from '../support/processes/collect-garbage';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

const MESSAGES = 10_000;
const ALLOWED_GROWTH_BYTES = 8 * 2 ** 20;
const SENT_OVER_ZEROMQ = 200;
/** In which connections that were left are closed on the kernel's side. */
const CLOSING_MS = 1000;
const channels: AskingChannel[] = ['shell', 'control', 'stdin'];
const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));

for (const channel of channels) {
  test(`${MESSAGES} hostile messages on ${channel} change nothing`, async (t) => {
    t.diagnostic(`FUZZ_SEED=${seed}`);
    const kernel = await startInMemory();
    const { transport, client } = kernel;
    const recorded: Buffer[][] = [];
    const { deliver } = transport;
    transport.deliver = (to, frames) => {
      recorded.push(frames.map((frame) => Buffer.from(frame as string)));
      deliver.call(transport, to, frames);
    };
    await client.execute('variables.runs = (variables.runs ?? 0) + 1').done();
    transport.deliver = deliver;
    const messages = hostile(seal, 'variables.runs = 1000', recorded);
    const send = async (count: number) => {
      let sent = 0;
      const property = fc.asyncProperty(messages, async (frames) => {
        transport.deliver(channel, frames);
        if (++sent % 50 === 0) await nextTurn();
      });
      await fc.assert(property, { numRuns: count, seed });
      // In its turn behind all of them.
      await client
        .request('history_request', { hist_access_type: 'tail', n: 1, raw: true, output: false })
        .done();
      assert.ok(kernel.log.length < 10, `the log: ${kernel.log.join('\n')}`);
      kernel.log.length = 0;
      client.others.length = 0;
      await collectGarbage();
    };
    try {
      await send(MESSAGES / 10);
      const [heapBefore, openBefore] = [process.memoryUsage().heapUsed, openDescriptors('self')];
      await send(MESSAGES);
      assert.ok(process.memoryUsage().heapUsed - heapBefore < ALLOWED_GROWTH_BYTES, 'memory grew');
      assert.ok(openDescriptors('self') <= openBefore, 'descriptors stayed open');
      const asked = client.execute('return variables.runs');
      const reply = await asked.done();
      assert.equal(asked.result, '1');
      assert.ok(reply.status === 'ok' && reply.execution_count === 2);
    } finally {
      await kernel.stop();
    }
  });
}

test(
  'a kernel on real sockets outlives hostile messages and plain bytes on each of them',
  findsProcesses,
  async (t) => {
    t.diagnostic(`FUZZ_SEED=${seed}`);
    const kernel = await startRealKernel();
    const file = join(kernel.directory, 'connection.json');
    const connection = JSON.parse(readFileSync(file, 'utf8')) as Connection;
    const { pid } = kernel.process;
    try {
      const ran = kernel.client.execute('let runs = 1;');
      assert.equal((await ran.done()).status, 'ok');
      // What the first requests of their kind open stays open.
      await attack(kernel.client, connection);
      await sleep(CLOSING_MS);
      const openBefore = openDescriptors(pid);
      await attack(kernel.client, connection);
      const deadline = Date.now() + 10_000;
      while (openDescriptors(pid) > openBefore && Date.now() < deadline) await sleep(50);
      assert.ok(openDescriptors(pid) <= openBefore, 'descriptors stayed open');
      const asked = kernel.client.execute('runs');
      assert.equal((await asked.done()).status, 'ok');
      assert.equal(asked.result, '1');
    } finally {
      await kernel.stop();
    }
  },
);

async function attack(client: Client, connection: Connection): Promise<void> {
  const link = new ZeromqLink(connection);
  const messages = hostile(sealOf(connection), 'runs = 1000;', [[Buffer.from('<IDS|MSG>')]]);
  for (const channel of channels) {
    for (const frames of fc.sample(messages, { numRuns: SENT_OVER_ZEROMQ, seed })) link.send(channel, frames);
  }
  for (const frames of fc.sample(messages, { numRuns: SENT_OVER_ZEROMQ, seed })) await link.publish(frames);
  for (const port of [connection.iopub_port, connection.hb_port, connection.shell_port]) {
    for (const bytes of fc.sample(fc.uint8Array({ minLength: 1, maxLength: 500 }), { numRuns: 30, seed })) {
      await sendBytes(port, bytes);
    }
  }
  assert.equal(await link.beat('alive'), 'alive');
  await client.request('kernel_info_request', {}).done();
  link.close();
}

function openDescriptors(pid: number | 'self' | undefined): number {
  return process.platform === 'linux' ? readdirSync(`/proc/${pid}/fd`).length : 0;
}

function sendBytes(port: number, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(bytes));
    // ZeroMQ hangs up on what does not greet it; who sends half a greeting is left waiting.
    socket.once('close', () => resolve()).on('error', () => {});
    socket.setTimeout(100, () => socket.destroy());
    socket.resume();
  });
}
