// What was run is found again, by this kernel and by the next.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import Database from 'libsql';
import { History } from '../../../kernel/kernel-process/history/history';
import { HistoryStore } from '../../../kernel/kernel-process/history/store';
import { startRealKernel } from '../../support/kernel/real-kernel';
import { nothingLeft } from '../../support/processes/nothing-left';

describe('the history', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'parlab-history-'));
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    await nothingLeft();
  });

  test('of a kernel is known to the next one', async () => {
    const PARLAB_HISTORY = join(folder, 'deep', 'history.sqlite');
    for (const code of ['const first = 1; first', 'const second = 2; second']) {
      const kernel = await startRealKernel({ PARLAB_HISTORY });
      await kernel.client.execute(code).done();
      await kernel.stop();
    }
    const kernel = await startRealKernel({ PARLAB_HISTORY });
    const ask = async (content: object) => {
      const reply = await kernel.client.request('history_request', { output: true, ...content }).done();
      assert.ok(reply.status === 'ok');
      return reply.history;
    };
    assert.deepEqual(await ask({ hist_access_type: 'tail', n: 5 }), [
      [1, 1, ['const first = 1; first', '1']],
      [2, 1, ['const second = 2; second', '2']],
    ]);
    await kernel.client.execute('const third = 3').done();
    assert.deepEqual(await ask({ hist_access_type: 'range', session: 0, start: 1 }), [
      [3, 1, ['const third = 3', null]],
    ]);
    assert.deepEqual(await ask({ hist_access_type: 'range', session: -2, start: 1, stop: 2 }), [
      [1, 1, ['const first = 1; first', '1']],
    ]);
    assert.deepEqual(await ask({ hist_access_type: 'search', pattern: '*sec?nd*' }), [
      [2, 1, ['const second = 2; second', '2']],
    ]);
    await kernel.stop();
    assert.equal(statSync(PARLAB_HISTORY).mode & 0o077, 0, 'nobody else may read it');
  });

  test('is written by several kernels at once', () => {
    const file = join(folder, 'several.sqlite');
    const stores = [new HistoryStore(file), new HistoryStore(file)];
    for (let line = 1; line <= 50; line++)
      for (const store of stores) store.add({ line, input: `${line}`, output: null });
    assert.equal(stores[0]?.tail(1000).length, 100);
    for (const store of stores) store.close();
  });

  test('gives the newest of what was run often, when asked for different ones', () => {
    const store = new HistoryStore(':memory:');
    for (const [line, input] of ['a', 'b', 'a', 'c'].entries()) store.add({ line, input, output: null });
    assert.deepEqual(
      store.search('*', 3, true).map(({ line, input }) => [line, input]),
      [
        [1, 'b'],
        [2, 'a'],
        [3, 'c'],
      ],
    );
    store.close();
  });

  test('waits while another program has the file, and has all of it afterwards', async () => {
    const file = join(folder, 'locked.sqlite');
    const log: string[] = [];
    const history = new History(file, (sentence) => log.push(sentence));
    history.add({ line: 1, input: 'a', output: null });
    const inputs = () => history.find((store) => store.tail(9)).map(({ input }) => input);
    assert.deepEqual(inputs(), ['a']);
    const other = new Database(file);
    other.exec('BEGIN EXCLUSIVE');
    for (const line of [2, 3]) history.add({ line, input: `${line}`, output: null });
    assert.ok(inputs().length <= 1);
    other.exec('COMMIT');
    other.close();
    assert.deepEqual(inputs(), ['a', '2', '3']);
    history.close();
    assert.deepEqual(log, []);
  });

  test('is empty where the file is none, and says so once', () => {
    const file = join(folder, 'no-database');
    writeFileSync(file, 'This is a text, and long enough not to be taken for an empty database.'.repeat(100));
    const log: string[] = [];
    const history = new History(file, (sentence) => log.push(sentence));
    history.add({ line: 1, input: 'x', output: null });
    assert.deepEqual(
      history.find((store) => store.tail(1)),
      [],
    );
    history.add({ line: 2, input: 'y', output: null });
    history.close();
    assert.match(log.join('\n'), /^There is no history from here on .*not a database/);
    assert.equal(log.length, 1);
  });
});
