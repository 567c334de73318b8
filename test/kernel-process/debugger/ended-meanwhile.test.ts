// A process may end while it is told of breakpoints: the front end gets its answer all the same.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Breakpoints } from '../../../kernel/kernel-process/debugger/breakpoints';
import { CellFiles } from '../../../kernel/kernel-process/debugger/cell-files';
import type { DebuggedThread } from '../../../kernel/kernel-process/debugger/debugged-thread';
import { DebuggerError } from '../../../kernel/kernel-process/debugger/debugger-error';
import { Evaluation } from '../../../kernel/kernel-process/debugger/evaluation';
import { FakeCells } from '../../support/kernel/fake-cells';

function threadThat(fails: (thread: DebuggedThread) => void): DebuggedThread {
  const thread = {
    scripts: { files: [] },
    connection: {
      async post(method: string) {
        if (method === 'Debugger.setBreakpointByUrl') fails(thread);
        return {};
      },
    },
  } as unknown as DebuggedThread;
  return thread;
}

test('Breakpoints of a module are set though a child has ended meanwhile.', async () => {
  const breakpoints = new Breakpoints(new CellFiles(), new Evaluation(new FakeCells()), () => {});
  await breakpoints.addThread(
    threadThat((child) => {
      breakpoints.removeThread(child);
      throw new DebuggerError('The process has ended.');
    }),
  );
  const set = await breakpoints.set('/notes/helper.ts', [{ line: 1 }]);
  assert.deepEqual(
    set.map(({ line, verified }) => [line, verified]),
    [[1, false]],
  );
});

test('What a living process refuses is told.', async () => {
  const breakpoints = new Breakpoints(new CellFiles(), new Evaluation(new FakeCells()), () => {});
  await breakpoints.addThread(
    threadThat(() => {
      throw new DebuggerError('It refuses.');
    }),
  );
  await assert.rejects(breakpoints.set('/notes/helper.ts', [{ line: 1 }]), { message: 'It refuses.' });
});
