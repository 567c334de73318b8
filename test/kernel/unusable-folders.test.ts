// The folders for history, the compiler's image and files for a moment may be such that nobody can write there, or make
// anything: the kernel does without, says so, and ends as soon as ever.

import assert from 'node:assert/strict';
import { existsSync, rmdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { imageOf, makeImage } from '../../kernel/kernel-process/compiler/image';
import { History } from '../../kernel/kernel-process/history/history';
import { makeFolder } from '../../kernel/make-folder';
import { makeTemporaryFolder } from '../../src/system/temporary-folder';
import { DebugClient } from '../support/kernel/debug-client';
import { startRealKernel, untilNone } from '../support/kernel/real-kernel';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

const PLACES = ['/proc', '/proc/nothing', '/sys', '/dev/null'];
const CELL = `
import { Listener, Process } from 'parlab';
const listener = await Listener();
listener.close();
const child = new Process({ target: () => console.log('child') });
child.start();
await child.join();`;
const SOON_MS = 6000;

const isLinux = process.platform === 'linux';

test('A file where a folder is to be made is told, and a link to a folder is one', () => {
  const folder = makeTemporaryFolder('parlab-test-');
  try {
    const [file, link] = [join(folder, 'file'), join(folder, 'link')];
    writeFileSync(file, '');
    symlinkSync(folder, link);
    assert.throws(() => makeFolder(file), /\/file cannot be made \(.*\): choose another place\./);
    makeFolder(join(link, 'inside'));
    assert.ok(existsSync(join(folder, 'inside')));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe('Where nothing can be written', { skip: !isLinux && 'needs /proc' }, () => {
  const without = { XDG_CACHE_HOME: undefined, XDG_DATA_HOME: undefined, JUPYTER_DATA_DIR: undefined };
  const named = ['XDG_CACHE_HOME', 'XDG_DATA_HOME', 'JUPYTER_DATA_DIR', 'TMPDIR', 'PARLAB_CACHE'];
  const rows: [what: string, environment: NodeJS.ProcessEnv][] = [
    ['HOME is /proc', { ...without, HOME: '/proc', PARLAB_CACHE: undefined }],
    ['every other folder is /dev/null', Object.fromEntries(named.map((name) => [name, '/dev/null']))],
  ];
  for (const [what, environment] of rows) {
    test(`as where ${what}, cells run, the log says so, and the kernel ends soon`, async () => {
      const kernel = await startRealKernel({ ...environment, PARLAB_HISTORY: undefined }, 'pipe');
      let log = '';
      for (const stream of [kernel.process.stdout, kernel.process.stderr]) {
        stream?.on('data', (chunk: Buffer) => {
          log += chunk;
        });
      }
      const { client } = kernel;
      try {
        const cell = client.execute(CELL);
        const reply = await cell.done();
        assert.deepEqual([reply.status, cell.text('stdout')], ['ok', 'child\n'], JSON.stringify(reply));
        const found = await client.request('history_request', { hist_access_type: 'tail', n: 5 }).done();
        assert.deepEqual(found.status === 'ok' && found.history, []);
        await new DebugClient(kernel).attach();
      } finally {
        const began = performance.now();
        await kernel.stop();
        assert.ok(performance.now() - began < SOON_MS, `${performance.now() - began} ms to the end`);
      }
      assert.deepEqual(await untilNone(kernel, SOON_MS), []);
      assert.match(log, /There is no history from here on \(.*\): .* cannot be made/);
    });
  }

  for (const place of PLACES) {
    test(`as in ${place}, a folder, a file for a moment, the history and an image end at once`, async () => {
      const { TMPDIR } = process.env;
      assert.throws(() => makeFolder(`${place}/a/b`), /\/a\/b cannot be made \(.*\): choose another place\./);
      process.env.TMPDIR = place;
      try {
        rmdirSync(makeTemporaryFolder('parlab-test-'));
      } finally {
        if (TMPDIR === undefined) delete process.env.TMPDIR;
        else process.env.TMPDIR = TMPDIR;
      }
      const said: string[] = [];
      const history = new History(`${place}/parlab/history.sqlite`, (sentence) => said.push(sentence));
      history.add({ line: 1, input: '1', output: null });
      assert.deepEqual(
        history.find((store) => store.tail(1)),
        [],
      );
      history.close();
      assert.match(said.join(), /^There is no history from here on .*: .* cannot be made/);
      assert.equal(await makeImage(imageOf(`${place}/parlab`)).done, false);
    });
  }
});
