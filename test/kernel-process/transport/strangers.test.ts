// Somebody on the same machine who can connect to the kernel's ports and has no key: what he does harms nobody. And a
// kernel that encrypts, to which he cannot even connect.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { curveKeyPair, Dealer, Subscriber } from 'zeromq';
import { Kernel } from '../../../kernel/kernel-process/kernel';
import { type Connection, sealOf } from '../../../kernel/kernel-process/transport/connection-file';
import { ZeromqTransport } from '../../../kernel/kernel-process/transport/zeromq';
import { Client } from '../../support/kernel/client';
import { FakeCells } from '../../support/kernel/fake-cells';
import { freeConnection, whenListening } from '../../support/kernel/free-ports';
import { ZeromqLink } from '../../support/kernel/zeromq-link';
import { nothingLeft } from '../../support/processes/nothing-left';

/** For longer than a test takes: nobody may wait for a stranger. */
const PATIENCE_MS = 300_000;

async function start(connection: Connection) {
  const log: string[] = [];
  const kernel = new Kernel({
    transport: new ZeromqTransport(connection, { patienceMs: PATIENCE_MS }),
    seal: sealOf(connection),
    cells: new FakeCells(),
    history: ':memory:',
    sessionProgram: [join(__dirname, '../../support/kernel/fake-session.js')],
    log: (sentence) => log.push(sentence),
  });
  const ended = kernel.run();
  await whenListening(connection);
  const link = new ZeromqLink(connection);
  const client = new Client(link, sealOf(connection));
  await client.welcomed();
  const stop = async (): Promise<void> => {
    kernel.stop();
    await ended;
    link.close();
  };
  return { client, link, log, stop };
}

const at = (port: number) => `tcp://127.0.0.1:${port}`;

describe('a stranger', () => {
  after(nothingLeft);

  test('who sends a kernel’s own messages back is not heard, by it or by the next one with this key', async () => {
    const connection = await freeConnection();
    const first = await start(connection);
    const next = { ...(await freeConnection()), key: connection.key };
    const second = await start(next);
    const ear = new Subscriber({ linger: 0, receiveTimeout: 5000 });
    ear.connect(at(connection.iopub_port));
    ear.subscribe('');
    await ear.receive();
    const cell = first.client.execute('print("hello"); return 5');
    const heard: Buffer[][] = [];
    while (
      !heard.some(([topic, , , , , , content]) => String(topic) === 'status' && /idle/.test(String(content)))
    )
      heard.push(await ear.receive());
    await cell.done();
    try {
      for (const [{ log }, to] of [[first, connection] as const, [second, next] as const]) {
        const dealers = [to.shell_port, to.control_port, to.stdin_port].map((port) => {
          const dealer = new Dealer({ linger: 1000 });
          dealer.connect(at(port));
          return dealer;
        });
        for (const [n, dealer] of dealers.entries()) await dealer.send((heard[n] as Buffer[]).slice(1));
        for (let looks = 0; looks < 500 && log.length < dealers.length; looks++) await sleep(10);
        for (const dealer of dealers) dealer.close();
        assert.equal(log.length, dealers.length, log.join('\n'));
        for (const sentence of log) assert.match(sentence, /a kernel had written it/);
      }
    } finally {
      await first.stop();
      await second.stop();
    }
    ear.close();
  });

  test('who subscribes to ten thousand things and reads nothing holds up no cell', async () => {
    const connection = await freeConnection();
    const { client, stop } = await start(connection);
    const deaf = new Subscriber({ linger: 0, receiveHighWaterMark: 1 });
    deaf.connect(at(connection.iopub_port));
    for (let n = 0; n < 10_000; n++) deaf.subscribe(`topic ${n}`);
    await sleep(500);
    for (let n = 0; n < 5; n++)
      assert.equal((await client.execute('print("x"); return 1').done()).status, 'ok');
    deaf.close();
    await stop();
  });

  test('who subscribes to a text of megabytes, or sends heartbeats as long, is cut off', async () => {
    const connection = await freeConnection();
    const { client, link, stop } = await start(connection);
    const before = process.memoryUsage.rss();
    const loud = new Subscriber({ linger: 0 });
    loud.connect(at(connection.iopub_port));
    loud.subscribe('x'.repeat(4_000_000));
    const heart = new Dealer({ linger: 0, sendHighWaterMark: 0 });
    heart.connect(at(connection.hb_port));
    for (let n = 0; n < 100; n++) await heart.send('x'.repeat(1_000_000));
    await sleep(500);
    assert.equal((await client.execute('return 1').done()).status, 'ok');
    assert.equal(await link.beat('ping'), 'ping');
    loud.close();
    heart.close();
    await stop();
    // 4 MB of a subscription were 200 MB.
    assert.ok(process.memoryUsage.rss() - before < 180e6, `${process.memoryUsage.rss() - before} bytes more`);
  });

  test('hears nothing of a kernel that encrypts, and is not heard', async () => {
    const { publicKey, secretKey } = curveKeyPair();
    const plain = await freeConnection();
    const connection = { ...plain, curve_publickey: publicKey, curve_secretkey: secretKey };
    const { client, link, log, stop } = await start(connection);
    const other = curveKeyPair();
    const wrong = {
      curveServerKey: other.publicKey,
      curvePublicKey: other.publicKey,
      curveSecretKey: other.secretKey,
    };
    const ears = [{}, wrong].map((keys) => new Subscriber({ ...keys, linger: 0, receiveTimeout: 500 }));
    const mouths = [{}, wrong].map(
      (keys) => new Dealer({ ...keys, linger: 0, sendTimeout: 500, immediate: true }),
    );
    for (const ear of ears) {
      ear.connect(at(connection.iopub_port));
      ear.subscribe('');
    }
    for (const mouth of mouths) mouth.connect(at(connection.shell_port));
    client.onInput = (prompt) => prompt.toUpperCase();
    const cell = client.execute('print("hello"); return ask("name")');
    await cell.done();
    assert.deepEqual([cell.text('stdout'), cell.result], ['hello', 'NAME']);
    assert.equal(await link.beat('ping'), 'ping');
    for (const ear of ears) await assert.rejects(ear.receive(), { code: 'EAGAIN' });
    for (const mouth of mouths) await mouth.send(['garbage']).catch(() => {});
    await sleep(200);
    assert.deepEqual(log, []);
    for (const socket of [...ears, ...mouths]) socket.close();
    await stop();
  });
});
