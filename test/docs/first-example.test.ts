// Shift+Tab shows a docstring in a small window: what a beginner sees of it first fits there.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPackage } from '../support/docs/examples';

const MOST_LINES = 8;

const { names, examples } = readPackage();

test(`the first example of each name of parlab has at most ${MOST_LINES} lines`, () => {
  const ofLibrary = new Set(names.all.parlab);
  const first = new Map<string, string>();
  for (const { of, code } of examples) {
    const [name = ''] = of.split('.');
    if (ofLibrary.has(name) && !first.has(of)) first.set(of, code.trim());
  }
  assert.ok(first.size > 80, `${first.size} examples`);
  const long = [...first].filter(([, code]) => code.split('\n').length > MOST_LINES);
  assert.deepEqual(
    long.map(([of]) => of),
    [],
  );
});
