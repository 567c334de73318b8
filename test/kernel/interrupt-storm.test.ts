// Mixed cells in a row, local modules among them, of which some are interrupted. `npm run storms` has a longer one.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { interruptStorm } from '../storms/interrupt-storm';
import { nothingLeft } from '../support/processes/nothing-left';

/** Half a second, and what a loaded machine may add. */
const SOON_MS = 3000;

after(nothingLeft);

test('300 cells with an interrupt every 20 all end as they should, each interrupt soon', async () => {
  const { interrupts } = await interruptStorm(300, 20);
  assert.equal(interrupts.length, 15);
  assert.ok(Math.max(...interrupts) < SOON_MS, interrupts.join(' '));
});
