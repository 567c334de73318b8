// No regular expression of ours takes more time for a text than in proportion to its length.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bounded, expressionsIn, slowText } from './expressions';
import { sources } from './sources';

describe('the regular expressions', () => {
  for (const source of sources) {
    const expressions = expressionsIn(source);
    if (expressions.length === 0) continue;
    test(`of ${source.file} read any text quickly`, () => {
      for (const { line, regexp } of expressions) {
        const text = slowText(regexp, bounded[source.file]);
        assert.equal(
          text?.slice(0, 60),
          undefined,
          `line ${line}: ${regexp} tries each beginning with each end`,
        );
      }
    });
  }

  for (const [what, slow] of [
    ['a run of digits at the end', /\d+$/],
    ['a comment to the end of the line', /\/\/.*$/],
    ['a place in a stack', /(?:\(|at (?:async )?)([^()]+):(\d+):(\d+)\)?$/],
    ['words within words', /^(?:\w+\s?)+$/],
    ['what stands between two words', /from (.*) import (.*) as/],
  ] as const) {
    test(`are tried in a way that finds ${what}`, () => assert.ok(slowText(slow)));
  }
});
