import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  initialState,
  nextState,
  type ThreadEvent,
  type ThreadState,
} from '../../../kernel/kernel-process/debugger/thread-state';

const paused = { type: 'paused', cause: 'other', place: 'student', wanted: true, onSameLine: false } as const;
const stopped: ThreadState = { phase: 'stopped', reason: 'breakpoint' };
const stepping: ThreadState = { phase: 'running', asked: 'next' };

const cases: { what: string; state: ThreadState; event: ThreadEvent; becomes: object }[] = [
  {
    what: 'a breakpoint stops it',
    state: initialState,
    event: { ...paused, cause: 'breakpoint' },
    becomes: { state: stopped, tell: 'stopped' },
  },
  {
    what: 'a step that led to another line has stopped it',
    state: stepping,
    event: paused,
    becomes: { state: { phase: 'stopped', reason: 'step' }, tell: 'stopped' },
  },
  {
    what: 'a step that led nowhere goes on',
    state: stepping,
    event: { ...paused, onSameLine: true },
    becomes: { state: stepping, send: 'stepOver' },
  },
  {
    what: 'code that the student did not write is stepped over',
    state: stepping,
    event: { ...paused, place: 'between' },
    becomes: { state: stepping, send: 'stepOver' },
  },
  {
    what: 'an exception of a kind that nobody wants is let go',
    state: initialState,
    event: { ...paused, cause: 'exception', wanted: false },
    becomes: { state: initialState, send: 'resume' },
  },
  {
    what: 'the statement debugger is a breakpoint',
    state: initialState,
    event: paused,
    becomes: { state: stopped, tell: 'stopped' },
  },
  {
    what: 'a pause is asked of what runs',
    state: initialState,
    event: { type: 'asked', command: 'pause' },
    becomes: { state: { phase: 'running', asked: 'pause' }, send: 'pause' },
  },
  {
    what: 'what stands is not paused',
    state: stopped,
    event: { type: 'asked', command: 'pause' },
    becomes: { state: stopped },
  },
  {
    what: 'what runs is not stepped',
    state: initialState,
    event: { type: 'asked', command: 'next' },
    becomes: { state: initialState },
  },
  {
    what: 'what stands goes on when it is told to',
    state: stopped,
    event: { type: 'asked', command: 'continue' },
    becomes: { state: initialState, send: 'resume', tell: 'continued' },
  },
  {
    what: 'nothing happens to what has ended',
    state: { phase: 'ended' },
    event: paused,
    becomes: { state: { phase: 'ended' } },
  },
];

describe('the state of a debugged process', () => {
  for (const { what, state, event, becomes } of cases) {
    test(what, () => assert.deepEqual(nextState(state, event), becomes));
  }
});
