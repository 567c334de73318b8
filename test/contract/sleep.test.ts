// sleep() and sleepSync(): in every kind of process, given up, on the virtual clock, with nonsense.
import assert from 'node:assert/strict';
import { after, afterEach, describe, test } from 'node:test';
import {
  explore,
  getAllStartMethods,
  InvalidArgumentError,
  Process,
  Queue,
  readTrace,
  sleep,
  sleepSync,
  startTrace,
  stopTrace,
  timeline,
} from '../../src/index';
import { setAmbientSignal } from '../../src/waiting/wake';
import { needsProcesses } from '../support/contract/needs-processes';
import { nothingLeft } from '../support/processes/nothing-left';

afterEach(stopTrace);
after(nothingLeft);

for (const method of getAllStartMethods()) {
  describe(`a child started by '${method}'`, () => {
    test('sleeps as long as it is told, and the rest of it goes on while it awaits', async () => {
      const queue = new Queue<string | number>();
      const child = new Process({
        target: async () => {
          const from = performance.now();
          const whole = sleep(60).then(() => queue.putSync('woken'));
          queue.putSync('meanwhile');
          await whole;
          sleepSync(60);
          queue.putSync(performance.now() - from);
        },
        method,
      });
      child.start();
      await child.join();
      assert.equal(await queue.get(), 'meanwhile');
      assert.equal(await queue.get(), 'woken');
      assert.ok(Number(await queue.get()) >= 119);
    });

    test('is seen sleeping in its timeline', async () => {
      startTrace();
      const child = new Process({ name: 'Ada', target: () => sleep(30), method });
      child.start();
      await child.join();
      const events = readTrace().events.filter(({ process }) => process === 1);
      assert.deepEqual(
        events.map(({ kind, text }) => (text === undefined ? kind : `${kind} ${text}`)),
        ['sleep 30', 'wake', 'exit'],
      );
      assert.match(timeline().toString(), /Ada.*sleeps/s);
    });
  });
}

test('that is given up is over in the trace, awaited and blocking', async () => {
  const abort = new AbortController();
  setAmbientSignal(() => abort.signal);
  try {
    startTrace();
    const given = assert.rejects(sleep(60_000));
    abort.abort();
    await given;
    assert.throws(() => sleepSync(60_000));
    const { events } = readTrace();
    assert.deepEqual(
      events.map(({ kind }) => kind),
      ['sleep', 'wake', 'sleep', 'wake'],
    );
  } finally {
    setAmbientSignal(() => undefined);
  }
});

test('is given up at its signal, and leaves no timer that keeps the program alive', async () => {
  const end = new AbortController();
  const long = sleep(2 ** 31 - 1, { signal: end.signal });
  end.abort(new Error('enough'));
  await assert.rejects(long, { name: 'AbortError', code: 'aborted', cause: end.signal.reason });
  await assert.rejects(sleep(1, { signal: end.signal }), { name: 'AbortError' });
});

test('takes numbers that a timer can count, and says so', async () => {
  for (const wrong of [-1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, '5', undefined, null, 5n]) {
    await assert.rejects(sleep(wrong as number), InvalidArgumentError);
    assert.throws(() => sleepSync(wrong as number), /ms must be a number of milliseconds from 0/);
  }
  await sleep(0);
  sleepSync(0);
});

test(
  'takes no time when it is explored, and who sleeps longer is not always last',
  needsProcesses,
  async () => {
    const program = async () => {
      const long = new Process({ target: () => sleepSync(1e6), name: 'Long' });
      const short = new Process({
        target: async () => {
          await sleep(1e6);
          console.log('short');
        },
      });
      const last = new Process({
        target: () => {
          sleepSync(10);
          console.log('other');
        },
      });
      for (const each of [long, short, last]) each.start();
      for (const each of [long, short, last]) await each.join();
    };
    const explored = await explore(program);
    assert.equal(explored.failing, undefined);
    assert.equal(explored.outcomes.length, 2);
  },
);

test('is given up by its signal when it is explored, with the same error', needsProcesses, async () => {
  const explored = await explore(async () => {
    const signal = AbortSignal.timeout(10);
    await sleep(1e9, { signal }).catch((error: Error) => console.log(error.name, error.message));
  });
  assert.match(String(explored), /AbortError sleep\(\) was given up because its signal was aborted/);
});
