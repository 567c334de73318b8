// The notebook's folder is removed or renamed while the kernel runs: cells, children, pools and commands go on.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { withKernel } from '../support/kernel/real-kernel';
import { nothingLeft } from '../support/processes/nothing-left';

const scratch = mkdtempSync(join(tmpdir(), 'parlab-folder-'));
after(async () => {
  rmSync(scratch, { recursive: true });
  await nothingLeft();
});

const cells = [
  "import { Pool, Process } from 'parlab'; 1 + 1",
  "import { join } from 'node:path'; join('a', 'b')",
  'const child = new Process({ target: () => 1 }); child.start(); await child.join(); if (child.exitcode !== 0) throw new Error()',
  'const pool = new Pool({ processes: 1 }); await pool.map((n) => n * 2, [1, 2]); await pool.apply(async () => (await import("node:path")).sep)',
  'pool.terminate(); await pool.join()',
  '!echo hi',
];

const losses: { [how: string]: (folder: string) => void } = {
  removed: (folder) => rmSync(folder, { recursive: true }),
  renamed: (folder) => renameSync(folder, join(scratch, 'elsewhere')),
};

describe('a kernel whose folder is', () => {
  for (const [how, lose] of Object.entries(losses)) {
    test(`${how} goes on`, async () => {
      await withKernel(async (kernel) => {
        await kernel.client.execute('0').done();
        lose(kernel.directory);
        for (const code of cells) {
          const reply = await kernel.client.execute(code).done();
          assert.equal(reply.status, 'ok', `${code}: ${JSON.stringify(reply)}`);
        }
        mkdirSync(kernel.directory);
      });
    });
  }
});
