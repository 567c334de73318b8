// What front ends send late, in the name of another, or in the words of other languages.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Message } from '../../kernel/kernel-process/protocol/wire';
import { pack } from '../../kernel/kernel-process/protocol/wire';
import { seal, startInMemory } from '../support/kernel/in-memory';
import { nothingLeft } from '../support/processes/nothing-left';

describe('a kernel', () => {
  let kernel: Awaited<ReturnType<typeof startInMemory>>;
  before(async () => {
    kernel = await startInMemory();
  });
  after(async () => {
    await kernel.stop();
    await nothingLeft();
  });

  function reply(
    value: string,
    { parent = {}, from }: { parent?: Message['parent']; from?: string } = {},
  ): void {
    const message = kernel.client.message('input_reply', { value }, parent);
    const identities = from === undefined ? [] : [Buffer.from(from)];
    kernel.transport.deliver('stdin', pack({ ...message, identities }, seal));
  }

  /** The questions that come, as the messages that ask. */
  function heard(): Message['parent'][] {
    const asked: Message['parent'][] = [];
    const { receive } = kernel.transport;
    kernel.transport.receive = (channel, frames) => {
      if (channel === 'stdin') asked.push(JSON.parse(String(frames.at(-4))));
      receive(channel, frames);
    };
    return asked;
  }

  test('takes an answer only of who was asked, and only to this question', async () => {
    const asked = heard();
    const first = kernel.client.execute('return ask("first")');
    while (asked.length < 1) await sleep(5);
    await kernel.client.interrupt().done();
    await first.done();
    const second = kernel.client.execute('return ask("second")');
    while (asked.length < 2) await sleep(5);
    const before = kernel.log.length;
    reply('late', { parent: asked[0] as Message['parent'] });
    reply('forged', { from: 'another' });
    reply('right', { parent: asked[1] as Message['parent'] });
    await second.done();
    assert.equal(second.result, 'right');
    assert.equal(kernel.log.length, before + 2);
    assert.match(kernel.log.at(-1) as string, /it answers another question/);
    const third = kernel.client.execute('return ask("third")');
    while (asked.length < 3) await sleep(5);
    reply('of the cell', { parent: third.header });
    await third.done();
    assert.equal(third.result, 'of the cell');
  });

  for (const part of ['metadata', 'parent'] as const) {
    test(`answers a request whose ${part} is null`, async () => {
      const cell = kernel.client.execute('return 1', {}, undefined, (parts, at) => {
        parts[at[part]] = 'null';
      });
      assert.equal((await cell.done()).status, 'ok');
    });
  }

  test('says where it listens', async () => {
    const reply = await kernel.client.request('connect_request', {}).done();
    assert.equal(reply.status === 'ok' && reply.control_port, kernel.transport.ports.control_port);
  });

  test('is told once to be busy still, however many cells run beside', async () => {
    const running: ReturnType<typeof kernel.client.execute>[] = [];
    for (let n = 0; n < 5; n++) {
      const subshell = await kernel.client.request('create_subshell_request', {}, 'control').done();
      assert.ok(subshell.status === 'ok');
      running.push(kernel.client.execute('await untilInterrupted()', {}, subshell.subshell_id));
    }
    for (const cell of running) await cell.until(() => cell.published.length > 1, 'its beginning');
    const busies = () => running.reduce((sum, cell) => sum + cell.contents('status').length, 0);
    const before = busies();
    await kernel.client.request('kernel_info_request', {}).done();
    await kernel.client.request('kernel_info_request', {}).done();
    assert.ok(busies() - before <= 2, String(busies() - before));
    await kernel.client.interrupt().done();
    for (const cell of running) await cell.done();
  });
});
