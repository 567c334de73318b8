// A start that the system refuses: the sentence says why, and no slot stays taken.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { needsProcesses } from '../support/contract/needs-processes';

const LIBRARY = join(__dirname, '..', '..', 'src');

/** Runs `prepare` and then a start; prints its error and how many slots and objects are taken more than before. */
function refused(method: string, prepare: string, env: NodeJS.ProcessEnv = {}) {
  const program = `
    const { Process, setExecutable } = require(${JSON.stringify(LIBRARY)});
    const { isAlive, slotsUsed, currentSlot } = require(${JSON.stringify(join(LIBRARY, 'memory', 'slots'))});
    const { countObjects } = require(${JSON.stringify(join(LIBRARY, 'objects', 'references'))});
    const taken = () => {
      let count = countObjects();
      for (let slot = 0; slot < slotsUsed(); slot++) if (isAlive(slot)) count++;
      return count;
    };
    currentSlot();
    const before = taken();
    (async () => {
      let args = [];
      ${prepare}
      try {
        new Process({ target: () => {}, args, method: '${method}' }).start();
      } catch (error) {
        console.log(error.name + ': ' + error.message);
        console.log(taken() - before);
      }
    })();
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', program], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  assert.equal(stderr, '');
  const [sentence, more] = stdout.trimEnd().split('\n');
  return { sentence, more };
}

const onLinux =
  process.platform === 'linux' ? needsProcesses : { skip: 'the limit of one variable is that of Linux' };

test('an environment that is too large', onLinux, () => {
  const { sentence, more } = refused('process', "process.env.LARGE = 'x'.repeat(2 ** 18);");
  assert.match(`${sentence}`, /^StartFailedError: A process could not be started: its environment is larger/);
  assert.equal(more, '0');
});

test('a Node.js that has gone away', needsProcesses, () => {
  const folder = mkdtempSync(join(tmpdir(), 'parlab-gone-'));
  const link = JSON.stringify(join(folder, 'node'));
  try {
    const { sentence, more } = refused(
      'process',
      `const fs = require('node:fs');
       fs.symlinkSync(process.execPath, ${link});
       setExecutable(${link});
       fs.rmSync(${link});`,
    );
    assert.match(
      `${sentence}`,
      /^StartFailedError: A process could not be started: .* can no longer be run: setExecutable\(\)/,
    );
    assert.equal(more, '0');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a thread whose arguments find no room in the shared memory', () => {
  const { sentence, more } = refused(
    'thread',
    `const { programMemory } = require(${JSON.stringify(join(LIBRARY, 'memory', 'memory'))});
     for (let size = 2 ** 27; size >= 2 ** 20; ) {
       try {
         programMemory().allocate(size);
         programMemory().hand.release();
       } catch {
         size /= 2;
       }
     }
     args = [new Uint8Array(2 ** 22)];`,
    { PARLAB_FFI: 'off' },
  );
  assert.match(`${sentence}`, /^SharedMemoryError: /);
  assert.equal(more, '0');
});
