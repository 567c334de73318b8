// From what happened to lanes: cases that were worked out by hand, and what holds for every trace.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import fc from 'fast-check';
import { type Lane, type Lanes, lanesOf } from '../../src/timeline/lanes';
import { type TimelineWindow, windowOf } from '../../src/timeline/window';
import { momentOf } from '../../src/timeline/words';
import { nothingLeft } from '../support/processes/nothing-left';
import { greeters, lostUpdate, MadeTrace, workers } from '../support/traces/made-traces';
import { anyTrace } from '../support/traces/random-traces';

const told = ({ segments }: Lane): string[] =>
  segments.map(({ state, from, to, object, child, heldBy }) => {
    const of = object !== undefined ? ` object ${object}` : child !== undefined ? ` child ${child}` : '';
    return `${state} ${from}–${to}${of}${heldBy.length > 0 ? ` held by ${heldBy}` : ''}`;
  });

describe('lanes', () => {
  test('a lane begins with the start of its process, ends with its exit, and says who held what was waited for', () => {
    const made = new MadeTrace();
    const main = made.process('MainProcess');
    const ada = made.process('Ada', { parent: main, exitcode: 0 });
    const bob = made.process('Bob', { parent: main, exitcode: 3 });
    const lock = made.object('Lock', 'Lock-1');
    made.add(2, main, 'start', { child: ada }).add(3, main, 'start', { child: bob });
    made.add(5, ada, 'acquire', { object: lock });
    made.add(6, bob, 'wait', { object: lock });
    made.add(9, ada, 'release', { object: lock }).add(10, bob, 'acquire', { object: lock });
    made.add(11, main, 'wait', { child: bob });
    made.add(12, ada, 'exit', { number: 0 });
    made.add(14, bob, 'exit', { number: 3 }).add(15, main, 'joined', { child: bob });
    made.add(16, main, 'print', { text: 'done' });
    const lanes = lanesOf(made.trace());
    assert.deepEqual(lanes.lanes.map(told), [
      ['running 0–11', 'waiting 11–15 child 2', 'running 15–16'],
      ['running 2–12'],
      ['running 3–6', 'waiting 6–10 object 0 held by 1', 'running 10–14'],
    ]);
    assert.deepEqual(
      lanes.lanes.map(({ end, to }) => [end, to]),
      [
        ['open', 16],
        ['exited', 12],
        ['exited', 14],
      ],
    );
    // Bob ended while he held it.
    assert.deepEqual(
      lanes.lanes.map(({ holdings }) => holdings.map(({ from, to }) => [from, to])),
      [[], [[5, 9]], [[10, 14]]],
    );
    assert.deepEqual(lanes.joins, [{ at: 15, parent: main, child: bob }]);
  });

  test('who waits for what it holds itself is told so', () => {
    const made = new MadeTrace();
    const main = made.process('MainProcess');
    const lock = made.object('Lock', 'Lock-1');
    made.add(1, main, 'acquire', { object: lock }).add(2, main, 'wait', { object: lock });
    made.add(5, main, 'give-up', { object: lock });
    const [lane] = lanesOf(made.trace()).lanes;
    assert.deepEqual(lane && told(lane), ['running 0–2', 'waiting 2–5 object 0 held by 0']);
  });

  test('tasks of a process that wait at the same time are one wait, of the last of them', () => {
    const made = new MadeTrace();
    const main = made.process('MainProcess');
    const [left, right] = [made.object('Lock', 'left'), made.object('Lock', 'right')];
    made.add(1, main, 'wait', { object: left }).add(2, main, 'wait', { object: right });
    made.add(4, main, 'acquire', { object: left }).add(6, main, 'acquire', { object: right });
    made.add(8, main, 'print');
    const [lane] = lanesOf(made.trace()).lanes;
    assert.deepEqual(lane && told(lane), [
      'running 0–1',
      'waiting 1–2 object 0',
      'waiting 2–6 object 1',
      'running 6–8',
    ]);
  });

  test('locks that overlap lie in two rows, and an RLock that is taken twice is held once', () => {
    const made = new MadeTrace();
    const main = made.process('MainProcess');
    const [left, right] = [made.object('RLock', 'left'), made.object('Lock', 'right')];
    made.add(1, main, 'acquire', { object: left }).add(2, main, 'acquire', { object: left });
    made.add(3, main, 'acquire', { object: right }).add(4, main, 'release', { object: left });
    made.add(5, main, 'release', { object: left }).add(7, main, 'release', { object: right });
    const [lane] = lanesOf(made.trace()).lanes;
    assert.deepEqual(
      lane?.holdings.map(({ object, from, to, row }) => [object, from, to, row]),
      [
        [left, 1, 5, 0],
        [right, 3, 7, 1],
      ],
    );
  });

  test('messages go from put to get, one stays, and the queue was never fuller than six', () => {
    const { messages, unread, depths } = lanesOf(workers());
    assert.equal(messages.length, 7 + 7);
    assert.deepEqual(
      unread.map(({ object, number }) => [object, number]),
      [[0, 8]],
    );
    const jobs = depths.find(({ object }) => object === 0)?.points.map(({ depth }) => depth) ?? [];
    assert.deepEqual([Math.max(...jobs), jobs.at(-1)], [6, 1]);
  });

  test('what was forgotten is made up for: a release without an acquire, a get without a put', () => {
    const made = new MadeTrace();
    const main = made.process('MainProcess');
    const lock = made.object('Lock', 'Lock-1');
    const queue = made.object('Queue', 'Queue-1');
    made.add(20, main, 'get', { object: queue, number: 9 }).add(30, main, 'release', { object: lock });
    const lanes = lanesOf(made.trace(5));
    assert.deepEqual(
      lanes.lanes[0]?.holdings.map(({ from, to }) => [from, to]),
      [[20, 30]],
    );
    assert.deepEqual(lanes.messages, []);
    assert.deepEqual(
      lanes.depths[0]?.points.map(({ depth }) => depth),
      [0],
    );
  });

  test('a process that was killed ends where its end was seen', () => {
    const made = new MadeTrace();
    const main = made.process('MainProcess');
    const ada = made.process('Ada', { parent: main, exitcode: -9 });
    made.add(1, main, 'start', { child: ada }).add(5, ada, 'print').add(9, main, 'joined', { child: ada });
    made.add(12, main, 'print');
    const lane = lanesOf(made.trace()).lanes[1];
    assert.deepEqual([lane?.end, lane?.to], ['unseen', 9]);
  });

  test('in a run by steps, who neither waits nor moves is ready', () => {
    const lanes = lanesOf(lostUpdate());
    assert.deepEqual(lanes.lanes.map(told), [
      ['running 0–1', 'waiting 1–5 child 1', 'running 5–8'],
      ['ready 0–1', 'running 1–2', 'ready 2–4', 'running 4–5'],
      ['ready 0–2', 'running 2–4', 'ready 4–5'],
    ]);
  });

  test('children stand below their parents', () => {
    const made = new MadeTrace();
    made.process('MainProcess');
    made.process('Ada', { parent: 0 });
    made.process('Bob', { parent: 0 });
    made.process('Cleo', { parent: 1 });
    const { lanes } = lanesOf(made.trace());
    assert.deepEqual(
      lanes.map(({ process, level }) => `${level} ${process.name}`),
      ['0 MainProcess', '1 Ada', '2 Cleo', '1 Bob'],
    );
  });
});

describe('a window', () => {
  const lanes = lanesOf(greeters(true));

  test('cuts what is longer and leaves out what is outside', () => {
    const part = windowOf(lanes, { from: 20, to: 40 });
    assert.deepEqual([part.from, part.to], [20, 40]);
    for (const lane of part.lanes) {
      assert.ok(lane.from >= 20 && lane.to <= 40);
      assert.equal(lane.segments[0]?.from, lane.from);
      assert.equal(lane.segments.at(-1)?.to, lane.to);
    }
  });

  test('shows the processes that are named, by name or pid', () => {
    const part = windowOf(lanes, { processes: ['Ada', 4203] });
    assert.deepEqual(
      part.lanes.map(({ process }) => process.name),
      ['Ada', 'Grace'],
    );
  });

  test('has a queue while it is used or something lies in it, and where it is asked for by name', () => {
    const made = new MadeTrace();
    const main = made.process('MainProcess');
    const [early, full, late] = ['early', 'full', 'late'].map((name) => made.object('Queue', name));
    const pass = (at: number, object: number | undefined) => {
      if (object === undefined) return;
      made.add(at, main, 'put', { object, number: 1 }).add(at + 1, main, 'get', { object, number: 1 });
    };
    pass(1, early);
    made.add(4, main, 'put', { object: full as number, number: 1 });
    pass(12, late);
    made.add(20, main, 'print', { text: 'ready' });
    const all = lanesOf(made.trace());
    const shown = (window: TimelineWindow) => windowOf(all, window).depths.map(({ object }) => object);
    assert.deepEqual(shown({}), [early, full, late]);
    assert.deepEqual(shown({ from: 10 }), [full, late]);
    assert.deepEqual(shown({ from: 15 }), [full]);
    assert.deepEqual(shown({ to: 3 }), [early]);
    assert.deepEqual(shown({ from: 15, objects: ['early'] }), [early]);
  });

  test('refuses names that nobody has, and says which there are', () => {
    assert.throws(() => windowOf(lanes, { objects: ['Lock-2'] }), {
      name: 'InvalidArgumentError',
      message: "objects must be names of objects in the trace: Lock-1, but it is 'Lock-2'.",
    });
    assert.throws(() => windowOf(lanes, { from: 5, to: 5 }), { message: /^to must be later than from/ });
  });
});

test('who is not in the trace is told, and that nobody is there yet', () => {
  const nothing = lanesOf({ clock: 'ms', processes: [], objects: [], events: [], lost: 0 });
  const some = lanesOf(greeters(true));
  for (const [lanes, window, message] of [
    [
      nothing,
      { processes: ['Nobody'] },
      /^processes must be .* in the trace, which has none yet, but it is 'Nobody'\.$/,
    ],
    [
      nothing,
      { objects: ['Lock-1'] },
      /^objects must be .* in the trace, which has none yet, but it is 'Lock-1'\.$/,
    ],
    [some, { processes: ['Nobody'] }, /in the trace: MainProcess, Ada, .*, but it is 'Nobody'\.$/],
    [
      some,
      { processes: 'Process-1' as never },
      /^processes must be a list such as \['Ada'\], but it is 'Process-1'\.$/,
    ],
    [
      some,
      { objects: 'Lock-1' as never },
      /^objects must be a list such as \['Lock-1'\], but it is 'Lock-1'\.$/,
    ],
  ] as const) {
    assert.throws(() => windowOf(lanes, window), { name: 'InvalidArgumentError', message });
  }
});

test('moments beside each other are told apart, however late and close they are', () => {
  for (const [from, apart] of [
    [20_850, 50],
    [20_850, 5],
    [9_990, 2],
    [1_234_000, 20],
    [100, 0.5],
    [0, 0.001],
    [0, 1000],
  ] as const) {
    const labels = [0, 1, 2, 3].map((step) => momentOf(from + step * apart, 'ms', apart));
    assert.equal(new Set(labels).size, 4, labels.join(' '));
  }
  assert.equal(momentOf(20_850, 'ms'), '20.9 s');
  assert.equal(momentOf(20_800, 'ms', 200), '20.8 s');
});

describe('of every trace', () => {
  const holds = (lanes: Lanes): void => {
    for (const { segments, from, to, holdings } of lanes.lanes) {
      let at = from;
      for (const segment of segments) {
        assert.equal(segment.from, at, 'segments follow each other');
        assert.ok(segment.to > segment.from);
        at = segment.to;
      }
      assert.ok(segments.length === 0 ? from === to : at === to, 'they reach from start to end');
      for (const [index, one] of holdings.entries()) {
        assert.ok(one.from <= one.to && one.from >= lanes.from);
        for (const other of holdings.slice(index + 1)) {
          assert.ok(one.row !== other.row || one.to <= other.from || other.to <= one.from);
        }
      }
    }
    const ids = new Set(lanes.lanes.map(({ process }) => process.id));
    for (const { from, to, putAt, gotAt } of lanes.messages) {
      assert.ok(ids.has(from) && ids.has(to) && putAt <= gotAt, 'an arrow has both ends');
    }
    for (const { points } of lanes.depths) assert.ok(points.every(({ depth }) => depth >= 0));
  };

  test('the segments of a lane cover it without a gap, and arrows have both ends', () => {
    fc.assert(
      fc.property(anyTrace, (trace) => holds(lanesOf(trace))),
      { numRuns: 300 },
    );
  });

  test('so do those of a window', () => {
    fc.assert(
      fc.property(anyTrace, fc.nat(60), fc.integer({ min: 1, max: 60 }), (trace, from, length) => {
        const part = windowOf(lanesOf(trace), { from, to: from + length });
        for (const { segments, from: begin, to } of part.lanes) {
          assert.ok(begin <= to && begin >= from && to <= from + length);
          for (const segment of segments) assert.ok(segment.from >= begin && segment.to <= to);
        }
      }),
      { numRuns: 200 },
    );
  });
});

after(nothingLeft);
