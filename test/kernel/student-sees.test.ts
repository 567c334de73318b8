// What a student sees under a cell, in a real kernel: promises, timers, errors of children, what still runs, and a
// flood.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import type { Exchange } from '../support/kernel/client';
import { type RealKernel, startRealKernel } from '../support/kernel/real-kernel';
import { nothingLeft } from '../support/processes/nothing-left';

let kernel: RealKernel;
before(async () => {
  kernel = await startRealKernel();
  await kernel.client.execute("import { Event, Lock, Process, Queue } from 'parlab';").done();
});
after(async () => {
  await kernel.stop();
  await nothingLeft();
});

/** What streams and displays of a cell say, also after its end. */
function textOf(exchange: Pick<Exchange, 'published'>): string {
  return stripVTControlCharacters(
    exchange.published
      .map(({ type, content }) => {
        if (type === 'stream') return String(content.text);
        const data = content.data as { [mime: string]: unknown } | undefined;
        return data === undefined ? '' : `${String(data['text/plain'] ?? '')}\n`;
      })
      .join(''),
  );
}

async function until(what: string, isSo: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 60_000; !isSo(); await sleep(50)) {
    assert.ok(Date.now() < deadline, what);
  }
}

describe('A cell shows', () => {
  const shown: readonly (readonly [code: string, text: string])[] = [
    ['new Queue<string>().get()', 'Promise { <pending> } (is an `await` missing?)'],
    ['console.log("got", Promise.resolve(5))', 'got Promise { 5 } (is an `await` missing?)'],
    ['[Promise.resolve(5)]', '[ Promise { 5 } ]'],
    ['setTimeout(() => {}, 10)', '<Timeout after 10 ms>'],
    ['const every = setInterval(() => {}, 10); clearInterval(every); every', '<Timeout, over>'],
    ['new Lock()', '<Lock free>'],
  ];
  for (const [code, text] of shown) {
    test(`${text} for ${code}`, async () => {
      const exchange = kernel.client.execute(code);
      await exchange.done();
      assert.ok(textOf(exchange).includes(text), textOf(exchange));
      assert.doesNotMatch(textOf(exchange), /kResourceStore|async_id_symbol|Cell \{/);
    });
  }

  test('who holds a lock, and where it was taken', async () => {
    const exchange = kernel.client.execute('const mine = new Lock();\nawait mine.acquire();\nmine');
    await exchange.done();
    assert.match(textOf(exchange), /<Lock held by MainProcess \(Cell \d+, line 2\)>/);
  });

  test('where another process took a lock that it holds', async () => {
    const exchange = kernel.client.execute(
      "const gate = new Lock();\nconst isIn = new Event();\nconst ada = new Process({ name: 'Ada', target: async () => {\n  await gate.acquire();\n  isIn.set();\n  await new Event().wait({ timeout: 60_000 });\n} });\nada.start();\nawait isIn.wait();\nconsole.log(gate);\nada.kill();\nawait ada.join();",
    );
    await exchange.done();
    assert.match(textOf(exchange), /<Lock held by Ada \(Cell \d+, line 4\)>/);
  });
});

describe('An error of a child', () => {
  test('looks like that of a cell: name, sentence, place and line, and nothing else', async () => {
    const exchange = kernel.client.execute(
      "function fail() {\n  throw new TypeError('no');\n}\nnew Process({ name: 'Ada', target: fail }).start();",
    );
    await exchange.done();
    await until('the error is told', () => /\^/.test(textOf(exchange)));
    assert.match(
      textOf(exchange),
      /^Process Ada:\nTypeError: no\n {4}at fail \(Cell \d+:2:9\)\n {6}1 \| function fail\(\) \{\n {4}> 2 \| {3}throw new TypeError\('no'\);\n {8}\| {9}\^\n$/,
    );
  });

  test('that forgot a release() is told so, with the line', async () => {
    const exchange = kernel.client.execute(
      "const door = new Lock({ name: 'door' });\nconst first = new Process({ name: 'Ada', target: async () => void (await door.acquire()) });\nfirst.start();\nawait first.join();\nawait door.acquire().catch((error) => console.log(error.message));",
    );
    await exchange.done();
    assert.match(
      textOf(exchange),
      /^Ada has ended and never released the lock door that it took in Cell \d+, line 2: is a `release\(\)` missing\?/,
    );
    assert.doesNotMatch(textOf(exchange), /died|onOwnerDied|half changed/);
  });
});

test('A child that goes on after its cell is told below it, and an interrupt ends it', async () => {
  const exchange = kernel.client.execute(
    'const busy = new Process({ target: () => { for (;;); } });\nbusy.start();',
  );
  await exchange.done();
  await until('the line is shown', () => /1 child still runs: Process-\d+\./.test(textOf(exchange)));
  await kernel.client.interrupt().done();
  const ended = kernel.client.execute('await busy.join(); busy.exitcode');
  assert.equal((await ended.done()).status, 'ok');
  assert.match(textOf(ended), /-15/);
  const taken = () => exchange.published.some(({ type }) => type === 'update_display_data');
  await until('the line is taken back', taken);
});

test('A loop that prints for ever is cut with a sentence, and can be interrupted', async () => {
  const exchange = kernel.client.execute('for (let k = 0; ; k++) console.log(k);');
  await until('the sentence is said', () => textOf(exchange).includes('prints too much'));
  const length = textOf(exchange).length;
  await sleep(300);
  assert.equal(textOf(exchange).length, length);
  await kernel.client.interrupt().done();
  assert.equal((await exchange.done()).status, 'error');
});
