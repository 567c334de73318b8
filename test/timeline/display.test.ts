// A timeline as the last value of a cell: a picture and a text. Data that looks like one stays data.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { bundleOf } from '../../kernel/session-process/display/mime-bundle';
import { processPicture } from '../../src/timeline/process-picture';
import { timeline } from '../../src/timeline/timeline';
import { nothingLeft } from '../support/processes/nothing-left';
import { greeters } from '../support/traces/made-traces';

describe('the kernel', () => {
  for (const value of [timeline(greeters(true)), processPicture({ trace: greeters(true) })]) {
    const { name } = value.constructor;

    test(`shows a ${name} as an image, and as text`, async () => {
      const bundle = await bundleOf(value);
      assert.deepEqual(Object.keys(bundle).sort(), ['text/html', 'text/plain']);
      assert.match(
        String(bundle['text/html']),
        /^<img width="780" alt="[^"]+" src="data:image\/svg\+xml;base64,/,
      );
    });

    test(`shows data with the fields of a ${name} as text`, async () => {
      const copy = JSON.parse(JSON.stringify(value));
      assert.deepEqual(Object.keys(await bundleOf(copy)), ['text/plain']);
      assert.deepEqual(Object.keys(await bundleOf(greeters(true))), ['text/plain']);
    });
  }
});

after(nothingLeft);
