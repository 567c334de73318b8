// CPython's _TestEvent, over both start methods.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { inspect } from 'node:util';
import { Event, getAllStartMethods, Process, Queue } from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';

for (const method of getAllStartMethods()) {
  describe(`by the method '${method}'`, () => {
    for (const how of ['awaited', 'blocking'] as const) {
      test(`test_event: waits end when it is set, and not before (${how})`, async () => {
        const event = new Event();
        const wait = async (timeout?: number) => {
          const options = timeout === undefined ? {} : { timeout };
          return how === 'awaited' ? event.wait(options) : event.waitSync(options);
        };
        assert.equal(event.isSet(), false);
        assert.equal(await wait(0), false);
        const began = performance.now();
        assert.equal(await wait(100), false);
        assert.ok(performance.now() - began >= 99);
        event.set();
        assert.equal(event.isSet(), true);
        assert.equal(await wait(), true);
        assert.equal(await wait(100), true);
        event.clear();
        assert.equal(event.isSet(), false);
        const child = new Process({ target: () => event.set(), method });
        child.start();
        assert.equal(await wait(), true);
        await child.join();
      });
    }

    test('test_repr: shows whether it is set', async () => {
      const shown = new Queue<string>();
      const event = new Event();
      assert.equal(inspect(event), '<Event unset>');
      event.set();
      const child = new Process({ target: () => shown.putSync(inspect(event)), method });
      child.start();
      assert.equal(await shown.get(), '<Event set>');
      await child.join();
    });
  });
}

after(nothingLeft);
