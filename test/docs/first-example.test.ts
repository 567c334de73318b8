// Shift+Tab shows a docstring in a small window: what a beginner sees of it first fits there.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPackage } from '../support/docs/examples';

const MOST_LINES = 8;

const { names, examples } = readPackage();

/** What a notebook imports, and how many of its names have an example at least. */
const packages = [
  ['parlab', 80],
  ['parlab/tutorial', 60],
] as const;

for (const [from, least] of packages) {
  test(`the first example of each name of ${from} has at most ${MOST_LINES} lines`, () => {
    const exported = new Set(names.all[from]);
    const first = new Map<string, string>();
    for (const { of, code } of examples) {
      const [name = ''] = of.split('.');
      if (exported.has(name) && !first.has(of)) first.set(of, code.trim());
    }
    assert.ok(first.size > least, `${first.size} examples`);
    const long = [...first].filter(([, code]) => code.split('\n').length > MOST_LINES);
    assert.deepEqual(
      long.map(([of]) => of),
      [],
    );
  });
}
