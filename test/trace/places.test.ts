// The places in a trace: a program does not fail because it is watched.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Lock, readTrace, startTrace, stopTrace } from '../../src/index';

after(stopTrace);

test('whatever a program puts in the place of prepareStackTrace(), it does not fail because of the trace', () => {
  const { prepareStackTrace } = Error;
  startTrace();
  const lock = new Lock();
  Error.prepareStackTrace = () => {
    throw new Error('no stacks here');
  };
  try {
    lock.acquireSync().release();
  } finally {
    if (prepareStackTrace === undefined) Reflect.deleteProperty(Error, 'prepareStackTrace');
    else Error.prepareStackTrace = prepareStackTrace;
  }
  assert.deepEqual(
    readTrace().events.map(({ kind }) => kind),
    ['acquire', 'release'],
  );
});
