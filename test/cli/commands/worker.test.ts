// `parlab worker`: what was typed wrong is told before anything is joined.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parlab } from '../../support/commands/parlab';

// Nobody listens there: whoever would join is told something else.
const JOIN = ['worker', '--join', 'nats://127.0.0.1:9/room1'];

for (const [option, wrong] of [
  ['--grace', 'soon'],
  ['--slots', '0'],
] as const) {
  test(`${option} ${wrong} is refused at once`, async () => {
    const { code, stderr } = await parlab([...JOIN, option, wrong]);
    assert.equal(code, 1);
    assert.match(
      stderr,
      new RegExp(`^parlab: ${option} takes a whole number from \\d, and not '${wrong}'\\.$`, 'm'),
    );
  });
}
