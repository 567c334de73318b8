// A supervisor that was told to stop starts no session any more, and nobody waits for one.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { CellProgram } from '../../../kernel/conversations/cell-program';
import { Supervisor } from '../../../kernel/kernel-process/supervisor/supervisor';
import { nothingLeft } from '../../support/processes/nothing-left';

after(nothingLeft);

const nothing = (): void => {};

test('A cell that comes when the kernel is ending is told so, and does not wait for ever.', {
  timeout: 10_000,
}, async () => {
  const supervisor = new Supervisor([], () => undefined, {
    text: nothing,
    report: nothing,
    comm: nothing,
    rawText: nothing,
    sessionLost: nothing,
    forgot: nothing,
    log: nothing,
    sessionPid: nothing,
    isHeld: () => false,
  });
  await supervisor.stop();
  const program = {
    url: 'Cell 1',
    javascript: '',
    sourceMap: { version: 3 as const, file: '', sources: [], sourcesContent: [], names: [], mappings: '' },
    isAsync: false,
    declares: [],
    uses: [],
    modules: [],
  } satisfies CellProgram;
  const outcome = await supervisor.evaluate({ tag: '1', program, silent: false, allowStdin: false });
  assert.equal(outcome.type, 'died');
  assert.equal(outcome.type === 'died' && outcome.message, 'The kernel is ending, so this cell was not run.');
});
