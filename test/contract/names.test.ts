// CPython's `_TestImportStar` and `MiscTestCase`: what the one module exports, and that Python's names are among it.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import * as parlab from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';

/** `multiprocessing.__all__` of Python 3.11 and what documentation adds, in our spelling. */
const PYTHONS = [
  ...[
    'Process',
    'Queue',
    'SimpleQueue',
    'JoinableQueue',
    'Pipe',
    'Lock',
    'RLock',
    'Semaphore',
    'BoundedSemaphore',
  ],
  ...['Condition', 'Event', 'Barrier', 'Value', 'Array', 'RawValue', 'RawArray', 'Pool', 'ThreadPool'],
  ...['activeChildren', 'cpuCount', 'currentProcess', 'parentProcess', 'getAllStartMethods', 'getContext'],
  ...[
    'getStartMethod',
    'setStartMethod',
    'setExecutable',
    'setForkserverPreload',
    'getLogger',
    'logToStderr',
  ],
  ...['SharedMemory', 'ShareableList', 'AsyncResult', 'wait', 'TimeoutError', 'BrokenBarrierError'],
];

test('test_import: every name that is exported stands for something', () => {
  for (const [name, value] of Object.entries(parlab)) {
    assert.ok(['function', 'object'].includes(typeof value) && value !== null, name);
  }
});

test("test__all__: Python's names are exported, in camel case, and nothing that is meant to be hidden", () => {
  const names = Object.keys(parlab);
  assert.deepEqual(
    PYTHONS.filter((name) => !names.includes(name)),
    [],
  );
  assert.deepEqual(
    names.filter(
      (name) => name.startsWith('_') || name !== name.trim() || /^(claim|programMemory|SUB)/.test(name),
    ),
    [],
  );
});

test('every error belongs to one family, with a code of its own', () => {
  const errors = Object.entries(parlab).filter(([name]) => name.endsWith('Error'));
  assert.ok(errors.length > 30);
  for (const [name, error] of errors) {
    const { prototype } = error as unknown as { prototype: object };
    assert.ok(prototype instanceof parlab.ParallelError || error === parlab.ParallelError, name);
  }
});

after(nothingLeft);
