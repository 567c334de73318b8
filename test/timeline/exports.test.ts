// What other programs read: Vega-Lite and the Trace Event Format.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { timeline } from '../../src/timeline/timeline';
import type { Trace, TraceEvent } from '../../src/trace/record';
import { nothingLeft } from '../support/processes/nothing-left';
import { greeters, lostUpdate, workers } from '../support/traces/made-traces';
import { anyTrace } from '../support/traces/random-traces';
import { faultsOf } from '../support/traces/trace-event-format';

function workersThatPrint(): Trace {
  const trace = workers();
  const { at, process } = trace.events[0] as TraceEvent;
  return { ...trace, events: [{ at, process, kind: 'print', text: 'begin' }, ...trace.events] };
}

describe('toChromeTrace()', () => {
  test('names processes, and has slices, arrows and counters, with times in microseconds', () => {
    const { traceEvents } = timeline(workers()).toChromeTrace();
    const names = traceEvents.filter(({ ph, name }) => ph === 'M' && name === 'process_name');
    assert.deepEqual(
      names.map(({ pid, args }) => [pid, (args as { name: string }).name]),
      [
        [812, 'MainProcess'],
        [813, 'Worker-1'],
        [814, 'Worker-2'],
        [815, 'Worker-3'],
      ],
    );
    const waits = traceEvents.filter(({ ph, name }) => ph === 'X' && name === 'waits for jobs');
    assert.deepEqual([waits[0]?.ts, waits[0]?.dur], [21_000, 11_000]);
    assert.equal(traceEvents.filter(({ ph, cat }) => ph === 's' && cat === 'message').length, 14);
    assert.ok(traceEvents.some(({ ph, name }) => ph === 'C' && name === 'jobs'));
  });

  test('is what the description of the format asks for, for every trace', () => {
    for (const trace of [workers(), greeters(true), greeters(false), lostUpdate()]) {
      assert.deepEqual(faultsOf(JSON.stringify(timeline(trace).toChromeTrace())), []);
    }
    fc.assert(
      fc.property(anyTrace, (trace) => {
        assert.deepEqual(faultsOf(JSON.stringify(timeline(trace).toChromeTrace())), []);
      }),
      { numRuns: 100 },
    );
  });

  for (const [ph, spoilt] of [
    ['X', { dur: -1 }],
    ['X', { dur: undefined }],
    ['X', { ts: Number.NaN }],
    ['X', { pid: 'Ada' }],
    ['M', { args: {} }],
    ['M', { name: 'process' }],
    ['C', { args: { messages: 'two' } }],
    ['s', { id: undefined }],
    ['s', { ts: 9e9 }],
    ['f', { cat: 'other' }],
    ['i', { s: 'thread' }],
    ['i', { ph: 'I' }],
  ] as const) {
    test(`is not, if the first ${ph} has ${inspect(spoilt)}`, () => {
      const file = timeline(workersThatPrint()).toChromeTrace();
      const at = file.traceEvents.findIndex((event) => event.ph === ph);
      const traceEvents = file.traceEvents.map((event, index) =>
        index === at ? { ...event, ...spoilt } : event,
      );
      assert.deepEqual(faultsOf(JSON.stringify(file)), []);
      assert.notDeepEqual(faultsOf(JSON.stringify({ ...file, traceEvents })), []);
    });
  }

  test('each arrow has two ends, and slices of a thread do not cross, for every trace', () => {
    fc.assert(
      fc.property(anyTrace, (trace) => {
        const { traceEvents } = timeline(trace).toChromeTrace();
        const ids = (ph: string) => traceEvents.filter((event) => event.ph === ph).map(({ id }) => id);
        assert.deepEqual(ids('s'), ids('f'));
        const ends = new Map<string, number>();
        for (const event of traceEvents.filter(({ ph }) => ph === 'X')) {
          const thread = `${event.pid}/${event.tid}`;
          const dur = event.dur as number;
          assert.ok(dur >= 0 && event.ts >= (ends.get(thread) ?? 0), JSON.stringify(event));
          ends.set(thread, event.ts + dur);
        }
        JSON.stringify(traceEvents);
      }),
      { numRuns: 150 },
    );
  });
});

describe('toVegaLite()', () => {
  test('is JSON with the bars, the arrows and the queues as data', () => {
    const spec = timeline(workers()).toVegaLite();
    assert.equal(spec.$schema, 'https://vega.github.io/schema/vega-lite/v5.json');
    const text = JSON.stringify(spec);
    assert.deepEqual(JSON.parse(text), spec);
    assert.match(text, /"queue":"jobs","number":1,"put":14,"got":32,"from":"MainProcess","to":"Worker-1"/);
  });

  test('of processes with one name are told apart', () => {
    const trace = greeters(false, 2);
    const twins = { ...trace, processes: trace.processes.map((each) => ({ ...each, name: 'Ada' })) };
    assert.match(JSON.stringify(timeline(twins).toVegaLite()), /"Ada \(4201\)"/);
    assert.match(JSON.stringify(timeline(lostUpdate()).toVegaLite()), /"step"/);
  });
});

after(nothingLeft);
