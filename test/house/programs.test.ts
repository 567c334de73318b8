// The small programs that tests run are written as a user's are: they import the library by its name.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { root } from './sources';

const programs = path.join(root, 'test/programs');

/** What these try is in no package: the memory before there is a process, and one half of a capture. */
const BELOW_THE_PACKAGE = [
  'capture/answer.cjs',
  'join.js',
  'memory/threads.js',
  'sync/count.js',
  'sync/take-turns.js',
];

test('programs of tests import parlab by name, but for those that try what no package exports', () => {
  const files = readdirSync(programs, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.[cm]?[jt]sx?$/.test(file),
  );
  assert.ok(files.length > 40, `${files.length} programs`);
  const byPath = files.filter((file) => /\bdist\b/.test(readFileSync(path.join(programs, file), 'utf8')));
  assert.deepEqual(byPath.map((file) => file.split(path.sep).join('/')).sort(), BELOW_THE_PACKAGE);
});
