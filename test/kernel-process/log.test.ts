// The kernel's log: what it writes to, and how it ends when nobody reads.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readFileSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Log } from '../../kernel/kernel-process/log';
import { nothingLeft } from '../support/processes/nothing-left';

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'parlab-log-'));
});
after(() => {
  rmSync(folder, { recursive: true });
});
after(nothingLeft);

test('A log in a file is appended to, wherever the file stands', () => {
  const file = join(folder, 'log');
  const descriptor = openSync(file, 'w');
  const log = new Log(descriptor);
  log.write('First.');
  log.raw('As it is.\n');
  log.fault(null);
  closeSync(descriptor);
  assert.equal(
    readFileSync(file, 'utf8'),
    '[parlab] First.\nAs it is.\n[parlab] A fault in the kernel: null\n',
  );
});

test('A log in a pipe that nobody reads loses sentences, counts them, and goes on when somebody does', (t) => {
  const pipe = join(folder, 'pipe');
  if (spawnSync('mkfifo', [pipe]).status !== 0) return t.skip('needs mkfifo');
  const reader = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = openSync(pipe, 'w');
  const log = new Log(writer);
  const line = 'x'.repeat(1000);
  for (let count = 0; count < 1000; count++) log.write(line);
  const chunk = Buffer.alloc(2 ** 20);
  assert.ok(readSync(reader, chunk) > 0);
  log.write('Somebody reads.');
  const text = chunk.toString('utf8', 0, readSync(reader, chunk));
  assert.match(
    text,
    /^\[parlab\] Nobody read: 9\d\d more sentences are lost\.\n\[parlab\] Somebody reads\.\n$/,
  );
  closeSync(reader);
  for (let count = 0; count < 3; count++) log.write('Nobody is there.'); // and this process goes on
  closeSync(writer);
});
