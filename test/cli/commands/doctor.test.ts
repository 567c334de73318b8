import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { parlab } from '../../support/commands/parlab';
import { nothingLeft } from '../../support/processes/nothing-left';

after(nothingLeft);

test('doctor says what is there, and exits with 0 when nothing is missing', async () => {
  const { code, stdout } = await parlab(['doctor']);
  for (const line of [
    new RegExp(`^✓ Node\\.js +${process.versions.node} `, 'm'),
    /^✓ Python +3\.\d+ \(/m,
    /^✓ JupyterLab +4\./m,
    /^✓ Cores +\d/m,
    /^✓ Memory +\d+\.\d GiB$/m,
    /^✓ Shared memory +mapped between processes$/m,
    /^✓ Start methods +process, thread$/m,
    /^Everything is there\.$/m,
  ]) {
    assert.match(stdout, line);
  }
  assert.equal(code, 0);
});

test('doctor says what to do where no JupyterLab and no shared memory are', async () => {
  const env = {
    ...process.env,
    PATH: '/nowhere',
    JUPYTER_PYTHON: '',
    VIRTUAL_ENV: '',
    CONDA_PREFIX: '',
    PARLAB_FFI: 'off',
  };
  const { code, stdout } = await parlab(['doctor'], { env });
  assert.match(
    stdout,
    /^✗ Shared memory +not between processes, because .*\n +→ use the start method "thread"/m,
  );
  assert.match(stdout, /^✓ Start methods +thread$/m);
  assert.equal(code, 1);
});
