// Mocks in another process: what they do is there, and what they count stays with the runner that has made them.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { elsewhere } from '../support/capture/elsewhere';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

type Done = (...args: number[]) => unknown;

/** As Jest and Vitest make them: with a runner around that cannot travel. */
function mockOf(done?: Done): Done & { calls: number[][] } {
  const runner = { busy: new Promise(() => {}), calls: [] as number[][], done };
  const mock = (...args: number[]): unknown => {
    runner.calls.push(args);
    return runner.done?.(...args);
  };
  return Object.assign(mock, {
    _isMockFunction: true,
    getMockImplementation: () => runner.done,
    calls: runner.calls,
  });
}

test('a mock does there what it does here', async () => {
  const more = 2;
  const add = mockOf((n = 0) => n + more);
  const service = { add, name: 'sums' };
  assert.deepEqual(await elsewhere(() => [add(1), service.add(2), service.name]), [3, 4, 'sums']);
  assert.deepEqual(add.calls, []);
});

test('a mock without anything to do does nothing', async () => {
  const idle = mockOf();
  assert.deepEqual(await elsewhere(() => [idle(1) === undefined]), [true]);
});

test('a Proxy around a function is refused with what to do about a mock of node:test', (t) => {
  const counted = t.mock.fn();
  assert.throws(
    () => elsewhere(() => counted()),
    /counted cannot travel.*mock of node:test is made in the child/,
  );
});
