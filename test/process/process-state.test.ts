// The life of a process: every event in every phase.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AlreadyStartedError, ProcessClosedError, StillRunningError } from '../../src/errors';
import { next, type ProcessEvent, type ProcessState } from '../../src/process/process-state';

const created: ProcessState = { phase: 'created' };
const running: ProcessState = { phase: 'running' };
const ended: ProcessState = { phase: 'ended', exitcode: 3 };
const closed: ProcessState = { phase: 'closed' };
const start: ProcessEvent = { type: 'start' };
const exit: ProcessEvent = { type: 'exit', exitcode: 3 };
const close: ProcessEvent = { type: 'close' };

const allowed: [ProcessState, ProcessEvent, ProcessState][] = [
  [created, start, running],
  [created, exit, created],
  [created, close, closed],
  [running, exit, ended],
  [ended, { type: 'exit', exitcode: 99 }, ended],
  [ended, close, closed],
];

for (const [state, event, after] of allowed) {
  test(`a process that is ${state.phase} is ${after.phase} after ${event.type}`, () => {
    assert.deepEqual(next('Process-1', state, event), after);
  });
}

const refused: [ProcessState, ProcessEvent, new (...args: never[]) => Error][] = [
  [running, start, AlreadyStartedError],
  [ended, start, AlreadyStartedError],
  [running, close, StillRunningError],
  [closed, start, ProcessClosedError],
  [closed, close, ProcessClosedError],
];

for (const [state, event, error] of refused) {
  test(`a process that is ${state.phase} refuses ${event.type} with a ${error.name}`, () => {
    assert.throws(() => next('Process-1', state, event), error);
  });
}
