// A run by steps as it is told: which events are steps, and where the others stand.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { isTelling, tellingSteps } from '../../src/timeline/telling-steps';
import { nothingLeft } from '../support/processes/nothing-left';
import { lostUpdate, MadeTrace } from '../support/traces/made-traces';
import { anyTrace } from '../support/traces/random-traces';

const told = (trace: Parameters<typeof tellingSteps>[0]): string[] =>
  tellingSteps(trace).events.map(({ at, process, kind }) => `${at} ${process} ${kind}`);

test('starts stand with the first move, ends with the move that follows', () => {
  assert.deepEqual(told(lostUpdate()), [
    '1 0 start',
    '1 0 start',
    '1 0 wait',
    '1 1 read',
    '2 2 read',
    '3 2 write',
    '4 1 write',
    '5 1 exit',
    '5 2 exit',
    '5 0 joined',
    '5 0 read',
    '6 0 print',
  ]);
});

test('a failure is a step, and so is a wait for a lock', () => {
  const made = new MadeTrace('steps');
  const main = made.process('MainProcess');
  const lock = made.object('Lock', 'Lock-1');
  made.add(0, main, 'acquire', { object: lock }).add(1, main, 'wait', { object: lock });
  made.add(2, main, 'exit', { number: 3 });
  assert.deepEqual(told(made.trace()), ['1 0 acquire', '2 0 wait', '3 0 exit']);
});

test('for every trace: the same events in the same order, and no step without one that tells', () => {
  fc.assert(
    fc.property(anyTrace, (trace) => {
      const { events } = tellingSteps(trace);
      assert.deepEqual(
        events.map(({ at, ...more }) => more),
        trace.events.map(({ at, ...more }) => more),
      );
      const steps = events.filter(isTelling).map(({ at }) => at);
      assert.deepEqual(
        steps,
        steps.map((_, at) => at + 1),
      );
      for (const [at, event] of events.entries()) {
        assert.ok(event.at >= (events[at - 1]?.at ?? 0) && event.at <= steps.length);
      }
    }),
    { numRuns: 100 },
  );
});

after(nothingLeft);
