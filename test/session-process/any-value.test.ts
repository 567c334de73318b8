// Whatever a value is and whatever it does when somebody looks at it: it has a bundle that can be sent and saved, and as an error
// it has a traceback.

import '../support/session/mocked-timeouts';
import assert from 'node:assert/strict';
import { after, describe, mock, test } from 'node:test';
import { serialize } from 'node:v8';
import fc from 'fast-check';
import type { MimeBundle } from '../../kernel/conversations/session';
import { bundleOf, displaySymbol, plainBundle } from '../../kernel/session-process/display/mime-bundle';
import { showError } from '../../kernel/session-process/display/show-error';
import { build, hostile, recipes } from '../support/hostile/hostile-values';
import { nothingLeft } from '../support/processes/nothing-left';

const SLOW_MS = 2000;

describe('a value of any kind', () => {
  after(async () => {
    mock.timers.reset();
    await nothingLeft();
  });

  test('each of the hostile ones has a bundle and a traceback, alone and as what a display method gives', async () => {
    for (const [name, make] of Object.entries(hostile)) {
      try {
        await look(make());
        await look([{ name: make(), a: 1 }]);
        await look({ [displaySymbol]: () => make() });
        await look({ [displaySymbol]: async () => ({ 'text/html': make(), 'application/json': make() }) });
        await look({ [displaySymbol]: () => ({ 'text/plain': [make()], 'image/png': make() }) });
      } catch (error) {
        throw new Error(`${name}: ${(error as Error).message}`, { cause: error });
      }
    }
  });

  test('salted and nested at random has one, too', async () => {
    await fc.assert(
      fc.asyncProperty(recipes, async (recipe) => look(build(recipe))),
      { numRuns: 3000 },
    );
  });
});

async function look(value: unknown): Promise<void> {
  const began = performance.now();
  const bundle = bundleOf(value);
  if (bundle instanceof Promise) {
    // For the promises of display methods that never settle.
    await new Promise(setImmediate);
    mock.timers.tick(60_000);
    checkBundle(await bundle);
  } else checkBundle(bundle);
  checkBundle(plainBundle(value));
  const { name, message, traceback } = showError(value);
  for (const text of [name, message, ...traceback]) assert.equal(typeof text, 'string');
  const tookMs = performance.now() - began;
  assert.ok(tookMs < SLOW_MS, `it took ${tookMs} ms`);
}

function checkBundle(bundle: MimeBundle): void {
  assert.equal(typeof bundle['text/plain'], 'string');
  for (const [mime, content] of Object.entries(bundle)) {
    // As the schema of notebooks has it.
    if (!/^application\/(.*\+)?json$/.test(mime)) assert.equal(typeof content, 'string', mime);
  }
  serialize(bundle);
  JSON.stringify(bundle);
}
