// A display method that promises and does not keep it is waited for as long as a picture may take, and no longer.

import '../support/session/mocked-timeouts';
import assert from 'node:assert/strict';
import { after, mock, test } from 'node:test';
import { bundleOf, displaySymbol } from '../../kernel/session-process/display/mime-bundle';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

test('a display method whose promise never settles is told after a minute, beside the value', async () => {
  try {
    const bundle = bundleOf({ [displaySymbol]: () => new Promise(() => {}) });
    mock.timers.tick(60_000);
    assert.match(
      String((await bundle)['text/plain']),
      /\n\[Symbol\.for\('Jupyter\.display'\)\]\(\) gave a promise of which nothing has come within 60 seconds\.$/,
    );
  } finally {
    mock.timers.reset();
  }
});
