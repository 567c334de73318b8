// Real sockets: what a front end, a stranger and a slow reader meet.

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Dealer, Subscriber } from 'zeromq';
import { Kernel } from '../../../kernel/kernel-process/kernel';
import { pack } from '../../../kernel/kernel-process/protocol/wire';
import { type Connection, sealOf } from '../../../kernel/kernel-process/transport/connection-file';
import { ZeromqTransport } from '../../../kernel/kernel-process/transport/zeromq';
import { Client, type Exchange } from '../../support/kernel/client';
import { FakeCells } from '../../support/kernel/fake-cells';
import { freeConnection, whenListening } from '../../support/kernel/free-ports';
import { ZeromqLink } from '../../support/kernel/zeromq-link';
import { nothingLeft } from '../../support/processes/nothing-left';

/** Shorter than in a real kernel, and longer than the slow front end below pauses. */
const PATIENCE_MS = 5000;

/** All of it has come, and nothing else: what else there is is shown. */
function assertWhole(cell: Exchange): void {
  assert.equal(cell.text('stdout').replaceAll('x', ''), '');
  assert.equal(cell.text('stderr').replaceAll('y', ''), '');
  assert.equal(cell.text('stdout').length + cell.text('stderr').length, 30_000_000);
}

describe('a kernel on ZeroMQ', () => {
  const log: string[] = [];
  let connection: Connection;
  let kernel: Kernel;
  let ended: Promise<void>;
  let link: ZeromqLink;
  let client: Client;

  before(async () => {
    connection = await freeConnection();
    kernel = new Kernel({
      transport: new ZeromqTransport(connection, { patienceMs: PATIENCE_MS }),
      seal: sealOf(connection),
      cells: new FakeCells(),
      history: ':memory:',
      sessionProgram: [join(__dirname, '../../support/kernel/fake-session.js')],
      log: (sentence) => log.push(sentence),
    });
    ended = kernel.run();
    await whenListening(connection);
    link = new ZeromqLink(connection);
    client = new Client(link, sealOf(connection));
  });
  after(async () => {
    kernel.stop();
    await ended;
    link.close();
    await nothingLeft();
  });

  test('welcomes a front end, so that it knows when it hears everything', async () => {
    await client.welcomed();
    await client.request('kernel_info_request', {}).done();
    assert.ok(
      client.others.some(({ type, content }) => type === 'iopub_welcome' && content.subscription === ''),
    );
  });

  test('gives back every heartbeat', async () => {
    assert.deepEqual([await link.beat('ping'), await link.beat('again')], ['ping', 'again']);
  });

  test('runs a cell and asks its front end', async () => {
    client.onInput = (prompt) => prompt.toUpperCase();
    const cell = client.execute('print("hello"); return ask("name")');
    await cell.done();
    assert.deepEqual([cell.text('stdout'), cell.result], ['hello', 'NAME']);
  });

  test('drops what is not signed, not a message or not new, says so, and goes on', async () => {
    const stranger = new Dealer({ linger: 0 });
    stranger.connect(`tcp://127.0.0.1:${connection.shell_port}`);
    const seal = sealOf(connection);
    const shutdown = client.message('shutdown_request', { restart: false });
    const genuine = pack(client.message('kernel_info_request', {}), seal);
    const attacks = [
      ['garbage'],
      [Buffer.alloc(0)],
      pack(shutdown, { ...seal, key: 'guessed' }),
      pack(shutdown, { ...seal, key: '' }),
      pack({ ...shutdown, header: {} as never }, seal),
      pack(client.message('nonsense_request', {}), seal),
      genuine,
      genuine,
    ];
    for (const frames of attacks) await stranger.send(frames);
    await stranger.receive();
    await client.request('kernel_info_request', {}).done();
    await sleep(50);
    stranger.close();
    const reasons = log.map((sentence) => sentence.replace(/^.* was dropped(: )?/, '').trim());
    assert.equal(log.length, 7, log.join('\n'));
    assert.deepEqual(reasons.slice(2, 4), ['wrong signature.', 'wrong signature.']);
    assert.match(log[6] as string, /came a second time/);
  });

  test('listens on the given address only', async () => {
    const others = Object.values(networkInterfaces())
      .flat()
      .filter((net) => net?.family === 'IPv4' && !net.internal);
    for (const port of [connection.shell_port, connection.iopub_port, connection.hb_port]) {
      // A free port on another address of this machine can be taken by anyone.
      for (const host of ['127.0.0.2', ...others.map((net) => net?.address)]) {
        const server = createServer();
        await new Promise<void>((resolve, reject) => {
          server.once('error', reject).listen(port, host, resolve);
        });
        await new Promise((resolve) => server.close(resolve));
      }
    }
  });

  test('loses nothing for a front end that reads slowly, while another reads at once', async () => {
    const slow = new Subscriber({ receiveHighWaterMark: 10, linger: 0 });
    slow.connect(`tcp://127.0.0.1:${connection.iopub_port}`);
    slow.subscribe('stream');
    await sleep(200);
    const cell = client.execute(
      'for (let i = 0; i < 3000; i++) { print("x".repeat(5000)); warn("y".repeat(5000)); }',
      // Nobody looks on, so that it is not cut.
      { allow_stdin: false },
    );
    await sleep(500);
    let characters = 0;
    while (characters < 30_000_000) {
      const [topic, ...frames] = await slow.receive();
      const content = JSON.parse(String(frames.at(-1))) as { text?: string };
      if (content.text === undefined)
        assert.equal(String(topic), 'stream', 'the welcome of this subscription');
      else characters += content.text.length;
    }
    slow.close();
    await cell.done();
    assertWhole(cell);
  });

  test('goes on for the others when a front end reads nothing at all, and finds it again later', async () => {
    const hung = new Subscriber({ receiveHighWaterMark: 10, linger: 0 });
    hung.connect(`tcp://127.0.0.1:${connection.iopub_port}`);
    hung.subscribe('stream');
    await sleep(200);
    const cell = client.execute(
      'for (let i = 0; i < 3000; i++) { print("x".repeat(5000)); warn("y".repeat(5000)); }',
      // Nobody looks on, so that it is not cut.
      { allow_stdin: false },
    );
    await cell.done();
    assertWhole(cell);
    // It missed some of that; what comes after it reads again, it gets.
    void client.execute('await new Promise((go) => setTimeout(go, 500)); print("the end");');
    for (let text: unknown; text !== 'the end'; ) {
      const frames = await hung.receive();
      text = (JSON.parse(String(frames.at(-1))) as { text?: string }).text;
    }
    hung.close();
  });

  test('leaves no file where its sockets are files', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parlab-ipc-'));
    const files = new ZeromqTransport({ ...connection, transport: 'ipc', ip: join(folder, 'kernel') });
    await files.open({ message: () => undefined, subscribed: () => undefined });
    assert.equal(readdirSync(folder).length, 5);
    files.close();
    assert.deepEqual(readdirSync(folder), []);
    rmdirSync(folder);
  });

  test('says in a sentence that an address is taken', async () => {
    const second = new ZeromqTransport(connection);
    await assert.rejects(
      () => second.open({ message: () => undefined, subscribed: () => undefined }),
      /The kernel cannot listen on tcp:\/\/127\.0\.0\.1:\d+: .*in use/,
    );
    second.close();
  });
});
