// Wherever Node has the program from, its children find what it imports.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(__dirname, '..', '..', '..');
const body = `
const n = 4;
const child = new Process({ target: () => console.log('child', n, typeof Lock) });
child.start();
child.joinSync();
console.log(child.exitcode);
`;
const script = `const { Lock, Process } = require('parlab');${body}`;
const esModule = `import { Lock, Process } from 'parlab';${body}`;

const ways: { [what: string]: { args: string[]; input?: string } } = {
  'its input': { args: ['-'], input: script },
  'its input, without being told': { args: [], input: script },
  'its input, as a module': { args: ['--input-type=module', '-'], input: esModule },
  'an argument': { args: ['-e', script] },
  'an argument, as a module': { args: ['--input-type=module', '-e', esModule] },
  'an argument that is printed': { args: ['-p', `${script}; 0`] },
};

for (const [what, { args, input = '' }] of Object.entries(ways)) {
  for (const zygote of ['on', 'off']) {
    test(`a program from ${what} (zygote ${zygote})`, () => {
      const { stdout, stderr } = spawnSync(process.execPath, args, {
        cwd: root,
        input,
        encoding: 'utf8',
        env: { ...process.env, PARLAB_ZYGOTE: zygote },
      });
      assert.equal(stderr, '');
      assert.match(stdout, /^child 4 function\n0\n/);
    });
  }
}
