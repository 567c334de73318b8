// The trace: what every process does, in the order in which it happens, over both start methods.
import assert from 'node:assert/strict';
import { after, afterEach, describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { inspect } from 'node:util';
import fc from 'fast-check';
import {
  Barrier,
  Condition,
  Event,
  type EventKind,
  getAllStartMethods,
  InvalidArgumentError,
  JoinableQueue,
  Lock,
  Pipe,
  Pool,
  Process,
  Queue,
  RLock,
  readTrace,
  Semaphore,
  SharedArray,
  SimpleQueue,
  startTrace,
  stopTrace,
  type Trace,
  Value,
} from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';
import { checkOrder, checkQueue, checkWhole, eventsOf, line, lines } from '../support/traces/told';

afterEach(stopTrace);
after(nothingLeft);

for (const method of getAllStartMethods()) {
  describe(`by the method '${method}', a trace`, () => {
    test('tells what was printed without its colours, even where a code is cut in two', async () => {
      startTrace();
      const child = new Process({
        target: () => {
          console.log('\u001b[31mred\u001b[39m and \u001b[1mbold\u001b[22m');
          console.log(`${'.'.repeat(96)}\u001b[38;5;124mdark`);
        },
        method,
      });
      child.start();
      await child.join();
      const printed = readTrace().events.filter(({ kind, process }) => kind === 'print' && process === 1);
      assert.deepEqual(
        printed.map(({ text }) => text),
        ['red and bold', '.'.repeat(96)],
      );
    });

    test('says where a process took a lock that it holds, and not where it took it before', async () => {
      startTrace();
      const lock = new Lock({ name: 'door' });
      const [here, there] = Pipe();
      const child = new Process({
        target: async () => {
          lock.acquireSync().release();
          there.send('free');
          await there.recv();
          lock.acquireSync();
          there.send('held');
          await there.recv();
        },
        name: 'Ada',
        method,
      });
      child.start();
      await here.recv();
      assert.equal(inspect(lock), '<Lock free>');
      here.send('take it');
      await here.recv();
      assert.match(inspect(lock), /^<Lock held by Ada \(trace\.test\.[jt]s, line \d+\)>$/);
      const line = Number(/line (\d+)/.exec(inspect(lock))?.[1]);
      if (method === 'process') child.kill();
      else here.send('end');
      await child.join();
      assert.match(inspect(lock), new RegExp(`line ${line}\\), which has ended>$`));
      await assert.rejects(lock.acquire(), new RegExp(`that it took in trace\\.test\\.[jt]s, line ${line}`));
    });

    test('tells who did what with what, where and in which order', async () => {
      startTrace();
      const lock = new Lock({ name: 'door' });
      const queue = new Queue<string>(0, { name: 'letters' });
      const child = new Process({
        target: () => {
          lock.acquireSync().release();
          console.log('hello');
          queue.putSync('a');
        },
        name: 'Ada',
        method,
      });
      child.start();
      await child.join();
      await queue.get();
      const trace = readTrace();
      checkWhole(trace);
      assert.deepEqual(
        lines(trace, ({ kind, process }) => kind !== 'wait' && !isOfRunner(kind, process)),
        [
          'MainProcess start Ada',
          'Ada acquire door',
          'Ada release door',
          'Ada print hello',
          'Ada put letters 1',
          'Ada exit 0',
          'MainProcess joined Ada',
          'MainProcess get letters 1',
        ],
      );
      assert.deepEqual(trace.processes, [
        { id: 0, name: 'MainProcess', pid: process.pid },
        { id: 1, name: 'Ada', pid: child.pid, parent: 0, exitcode: 0 },
      ]);
      assert.deepEqual(trace.objects, [
        { id: 0, kind: 'Lock', name: 'door' },
        { id: 1, kind: 'Queue', name: 'letters' },
      ]);
      for (const event of trace.events) {
        // On threads alone, the main process prints what the test runner prints.
        const isRunners = event.process === 0 && event.kind === 'print';
        if (event.kind !== 'exit' && !isRunners)
          assert.match(event.where ?? '', /^trace\.test\.[jt]s:\d+$/, line(trace, event));
      }
    });

    test('has the waits for each kind of thing, and how they end', async () => {
      startTrace();
      const all = {
        lock: new Lock(),
        rlock: new RLock(),
        semaphore: new Semaphore(0),
        event: new Event(),
        condition: new Condition(),
        barrier: new Barrier(2),
        queue: new Queue<number>(),
        full: new Queue<number>(1),
        simple: new SimpleQueue<number>(),
        jobs: new JoinableQueue<number>(),
        value: new Value('int32', 0),
        array: new SharedArray('int32', 1),
      };
      const [here, there] = Pipe<number>();
      const steps = new Queue<string>(0, { name: 'turns' });
      all.lock.acquireSync();
      all.rlock.acquireSync();
      all.full.putSync(1);
      all.jobs.putSync(1);
      all.value.acquireSync();
      all.array.acquireSync();
      const child = new Process({
        target: () => {
          const step = (name: string, wait: () => unknown) => {
            steps.putSync(name);
            wait();
          };
          step('lock', () => all.lock.acquireSync().release());
          step('rlock', () => all.rlock.acquireSync().release());
          step('semaphore', () => all.semaphore.acquireSync());
          step('event', () => all.event.waitSync());
          step('barrier', () => all.barrier.waitSync());
          step('queue', () => all.queue.getSync());
          step('full', () => all.full.putSync(2));
          step('simple', () => all.simple.getSync());
          step('jobs', () => all.jobs.joinSync());
          step('pipe', () => there.recvSync());
          step('value', () => all.value.acquireSync().release());
          step('array', () => all.array.acquireSync().release());
          all.condition.acquireSync();
          step('condition', () => all.condition.waitSync());
          all.condition.release();
          step('nothing', () => all.event.waitSync());
          all.event.clear();
          step('timeout', () => all.event.waitSync({ timeout: 1 }));
        },
        name: 'Ada',
        method,
      });
      child.start();
      const ends: Record<string, () => unknown> = {
        lock: () => all.lock.release(),
        rlock: () => all.rlock.release(),
        semaphore: () => all.semaphore.release(),
        event: () => all.event.set(),
        barrier: () => all.barrier.waitSync(),
        queue: () => all.queue.putSync(1),
        full: () => all.full.getSync(),
        simple: () => all.simple.putSync(1),
        jobs: () => all.jobs.taskDone(),
        pipe: () => here.sendSync(1),
        value: () => all.value.release(),
        array: () => all.array.release(),
        condition: () => all.condition.with(() => all.condition.notify()),
      };
      for (;;) {
        const name = steps.getSync();
        if (name in ends) await adaWaits();
        await ends[name]?.();
        if (name === 'timeout') break;
      }
      await child.join();
      const trace = readTrace();
      checkOrder(trace);
      const turns = eventsOf(trace, 'turns')[0]?.object;
      const told = trace.events.filter(({ process, object }) => process === 1 && object !== turns);
      const names = told
        .map((event) => line(trace, event).replaceAll(/-\d+\b/g, ''))
        // Whoever notified it may still have the lock.
        .filter((name, index, all) => name !== 'Ada wait RLock' || all[index - 1] !== 'Ada wake Condition');
      assert.deepEqual(names, [
        'Ada wait Lock',
        'Ada acquire Lock',
        'Ada release Lock',
        'Ada wait RLock',
        'Ada acquire RLock',
        'Ada release RLock',
        'Ada wait Semaphore',
        'Ada acquire Semaphore',
        'Ada wait Event',
        'Ada wake Event',
        'Ada wait Barrier',
        'Ada wake Barrier',
        'Ada wait Queue',
        'Ada get Queue 1',
        'Ada wait Queue',
        'Ada put Queue 2',
        'Ada wake Queue',
        'Ada wait SimpleQueue',
        'Ada get SimpleQueue 1',
        'Ada wait JoinableQueue',
        'Ada wake JoinableQueue',
        'Ada wait Pipe, first end to second',
        'Ada get Pipe, first end to second 1',
        'Ada wait Value',
        'Ada acquire Value',
        'Ada release Value',
        'Ada wait SharedArray',
        'Ada acquire SharedArray',
        'Ada release SharedArray',
        'Ada acquire RLock',
        'Ada release RLock',
        'Ada wait Condition',
        'Ada wake Condition',
        'Ada acquire RLock',
        'Ada release RLock',
        'Ada write Event clear',
        'Ada wait Event',
        'Ada give-up Event',
        'Ada exit 0',
      ]);
    });

    test('has the messages of two processes that answer each other in order, 100,000 times', async () => {
      startTrace({ events: 2 ** 19 });
      const [there, back] = [new Queue<number>(0, { name: 'there' }), new Queue<number>(0, { name: 'back' })];
      const rounds = 50_000;
      const child = new Process({
        target: () => {
          for (let round = 0; round < rounds; round++) back.putSync(there.getSync());
        },
        method,
      });
      child.start();
      for (let round = 0; round < rounds; round++) {
        there.putSync(round);
        back.getSync();
      }
      await child.join();
      const trace = readTrace();
      checkOrder(trace);
      for (const name of ['there', 'back']) {
        const events = eventsOf(trace, name);
        const has = new Set(events.filter(({ kind }) => kind === 'put').map(({ number }) => number));
        const pairs = events.filter(({ kind, number }) => kind === 'get' && has.has(number));
        assert.ok(pairs.length > rounds / 20, `${pairs.length} of ${rounds} messages have both ends`);
        const both = new Set(pairs.map(({ number }) => number));
        const told = events.filter(({ kind, number }) => kind !== 'wait' && both.has(number));
        checkQueue(trace, told);
      }
    });

    test('knows of one that was killed what it had told, and that it was killed', async () => {
      startTrace();
      const lock = new Lock();
      const held = new Queue<boolean>();
      const child = new Process({
        target: () => {
          lock.acquireSync();
          held.putSync(true);
          for (;;);
        },
        name: 'Ada',
        method,
      });
      child.start();
      held.getSync();
      child.kill();
      await child.join();
      const trace = readTrace();
      checkOrder(trace);
      assert.deepEqual(
        lines(trace, ({ process }) => process === 1),
        ['Ada acquire Lock-1', 'Ada put Queue-1 1', 'Ada exit -9'].map((text) => renamed(trace, text)),
      );
      assert.equal(trace.processes[1]?.exitcode, -9);
    });

    test('can be read while the processes run', async () => {
      startTrace();
      const [go, gone] = [new Queue<number>(), new Queue<number>()];
      const child = new Process({
        target: () => {
          for (;;)
            if (go.getSync() < 0) return;
            else gone.putSync(0);
        },
        name: 'Ada',
        method,
      });
      child.start();
      go.putSync(1);
      gone.getSync();
      const first = readTrace();
      assert.deepEqual(first.processes[1]?.exitcode, undefined);
      assert.equal(first.events.filter(({ kind }) => kind === 'get').length, 2);
      go.putSync(-1);
      await child.join();
      const second = readTrace();
      assert.deepEqual(second.events.slice(0, first.events.length), first.events);
      assert.equal(second.processes[1]?.exitcode, 0);
    });

    test('keeps the latest events and counts the others as lost', async () => {
      startTrace({ events: 64 });
      const lock = new Lock();
      const child = new Process({
        target: () => {
          for (let round = 0; round < 500; round++) lock.acquireSync().release();
        },
        method,
      });
      child.start();
      await child.join();
      const trace = readTrace();
      const ofChild = trace.events.filter(({ process }) => process === 1);
      assert.ok(ofChild.length > 32 && ofChild.length <= 65, `${ofChild.length} events`);
      assert.equal(ofChild.length + trace.lost, 1001);
    });

    test('leaves out what a process does too often for it, and counts that', async () => {
      startTrace({ events: 2 ** 14 });
      const lock = new Lock();
      const child = new Process({
        target: () => {
          for (let round = 0; round < 200_000; round++) lock.acquireSync().release();
        },
        method,
      });
      child.start();
      await child.join();
      const trace = readTrace();
      const ofChild = trace.events.filter(({ process }) => process === 1);
      // The first 512 pairs at least; how many more it tells is a matter of time.
      assert.ok(ofChild.length >= 1024 && ofChild.length < 400_001, `${ofChild.length} events`);
      // What it left out last may not have been counted where it was ended from outside; here it was.
      assert.equal(ofChild.length + trace.lost, 400_001);
      const kinds = ofChild.map(({ kind }) => kind);
      kinds.forEach((kind, index) => {
        if (kind === 'acquire') assert.equal(kinds[index + 1], 'release');
      });
    });

    test('of random programs is consistent', async () => {
      await fc.assert(
        fc.asyncProperty(programs, async (program) => {
          startTrace();
          checkWhole(await run(program));
        }),
        { numRuns: 10 },
      );
    });

    /** Each process does its steps; the last one sets the event. */
    async function run(program: readonly (readonly Step[])[]): Promise<Trace> {
      const locks = [new Lock(), new Lock()];
      const queue = new Queue<number>();
      const event = new Event();
      const rlock = new RLock();
      const act = (step: Step) => {
        if (step === 'put') queue.putSync(1);
        else if (step === 'get') tryToGet();
        else if (step === 'event') event.waitSync({ timeout: 1 });
        else if (step === 'both') {
          locks[0]?.acquireSync();
          locks[1]?.acquireSync().release();
          locks[0]?.release();
        } else if (step === 'twice') {
          rlock.acquireSync();
          rlock.acquireSync().release();
          rlock.release();
        } else locks[step]?.acquireSync().release();
      };
      const tryToGet = () => {
        try {
          queue.getSync({ timeout: 1 });
        } catch {
          // Nobody put anything.
        }
      };
      const children = program.map(
        (steps) => new Process({ target: () => void steps.forEach((step) => void act(step)), method }),
      );
      for (const child of children) child.start();
      event.set();
      for (const child of children) await child.join();
      return readTrace();
    }
  });
}

/** The runner of the tests tells what it does on the standard output. */
function isOfRunner(kind: EventKind, process: number): boolean {
  return kind === 'print' && process === 0;
}

/** The first child. */
async function adaWaits(): Promise<void> {
  while (readTrace().events.findLast(({ process }) => process === 1)?.kind !== 'wait') await turn();
}

type Step = 'put' | 'get' | 'event' | 'both' | 'twice' | 0 | 1;
const step = fc.constantFrom<Step>('put', 'get', 'event', 'both', 'twice', 0, 1);
const programs = fc.array(fc.array(step, { maxLength: 40 }), { minLength: 1, maxLength: 3 });

/** Names are counted through the whole program. */
function renamed({ objects }: Trace, text: string): string {
  return text.replace(
    /(\w+)-\d+/,
    (found, kind) => objects.find((each) => each.kind === kind)?.name ?? found,
  );
}

describe('A trace', () => {
  test('is off until it is begun, and keeps what it has when it is ended', () => {
    stopTrace();
    const lock = new Lock();
    startTrace();
    lock.acquireSync();
    stopTrace();
    lock.release();
    assert.deepEqual(
      readTrace().events.map(({ kind }) => kind),
      ['acquire'],
    );
    startTrace();
    assert.deepEqual(readTrace(), {
      clock: 'ms',
      processes: readTrace().processes,
      objects: [],
      events: [],
      lost: 0,
    });
  });

  test('of processes that end gives its memory back', async () => {
    startTrace({ events: 2 ** 14 });
    for (let round = 0; round < 26; round++) {
      const child = new Process({
        target: () => {
          // Of which none is left out.
          const event = new Event();
          for (let times = 0; times < 2500; times++) {
            event.set();
            event.clear();
          }
        },
      });
      child.start();
      child.joinSync();
    }
    const { processes, events, lost } = readTrace();
    assert.equal(processes.length, 27);
    const told = processes.map(({ id }) => events.filter(({ process }) => process === id).length);
    assert.equal(told[1], 1, 'of the first one its exit is left');
    assert.ok((told.at(-1) ?? 0) > 4096);
    assert.ok(lost > 4096);
  });

  test('does not begin with a wrong number of events', () => {
    for (const events of [0, 63, 2 ** 20 + 1, 100.5]) {
      assert.throws(() => startTrace({ events }), InvalidArgumentError);
    }
  });

  test('has the workers of a pool, and not what the pool says to them', async () => {
    startTrace();
    {
      await using pool = new Pool({ processes: 2 });
      await pool.map((n: number) => n * n, [1, 2, 3]);
    }
    const { objects, processes } = readTrace();
    assert.deepEqual(objects, []);
    assert.equal(processes.length, 3);
  });

  test('has what the main process prints, shortened', () => {
    startTrace();
    console.log('é'.repeat(200));
    const [print] = readTrace().events;
    assert.deepEqual([print?.kind, print?.text], ['print', 'é'.repeat(50)]);
  });

  test('makes nobody wait who stopped in the middle of reading it', async () => {
    startTrace();
    const reading = new Queue<boolean>();
    const reader = new Process({
      target: () => {
        for (let round = 0; ; round++) {
          readTrace();
          if (round === 10) reading.putSync(true);
        }
      },
    });
    reader.start();
    await reading.get();
    for (let round = 0; round < 5; round++) {
      if (reader.pid !== process.pid) process.kill(reader.pid ?? 0, 'SIGSTOP');
      const lock = new Lock();
      for (let times = 0; times < 1000; times++) lock.acquireSync().release();
      const other = new Process({ target: () => void new Lock().acquireSync().release() });
      other.start();
      other.joinSync();
      if (reader.pid !== process.pid) process.kill(reader.pid ?? 0, 'SIGCONT');
    }
    reader.kill();
    await reader.join();
  });
});
