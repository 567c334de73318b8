// The library and the session stand on timers, clocks and printing that they have taken when they were loaded: a program, its test
// runner or a student may replace the names later.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readsWhenCalled } from './replaceable';
import { sources } from './sources';

const RUNS_BESIDE_A_PROGRAM = /^(src|kernel\/(session-process|local-modules|conversations))\//;
/** Those that may, and why. */
const MAY: { readonly [place: string]: string } = {
  'src/tutorial/': 'prints as the program does, which may listen',
  'src/explore/': 'replaces them itself, in a process of its own',
  'kernel/session-process/interrupt/attempts.ts': "runs in the watcher's thread, where no program is",
  'kernel/session-process/interrupt/hearing.ts': "runs in the watcher's thread, where no program is",
  'kernel/session-process/display/display.ts': 'prints, where there is no notebook, as the program does',
};

describe('what a program may replace', () => {
  test('is read once, when a file is loaded', () => {
    const found = sources
      .filter(({ file }) => RUNS_BESIDE_A_PROGRAM.test(file))
      .filter(({ file }) => !Object.keys(MAY).some((place) => file.startsWith(place)))
      .flatMap((source) => readsWhenCalled(source).map(({ line, what }) => `${source.file}:${line} ${what}`));
    assert.deepEqual(found, []);
  });

  test('is read by all who may', () => {
    for (const place of Object.keys(MAY)) {
      assert.ok(
        sources.some((source) => source.file.startsWith(place) && readsWhenCalled(source).length > 0),
        place,
      );
    }
  });

  const cases: readonly (readonly [code: string, isFound: boolean])[] = [
    ['const f = () => Date.now();', true],
    ['class A { b() { setTimeout(() => {}, 1); } }', true],
    ["import { setTimeout } from 'node:timers';\nconst f = () => setTimeout(() => {}, 1);", true],
    ['function f() { globalThis.performance.now(); }', true],
    ['function f() { return globalThis.setTimeout; }', true],
    ['const { now } = Date;\nconst f = () => now();', false],
    ["import { setTimeout } from '../system/timers';\nconst f = () => setTimeout(() => {}, 1);", false],
    ['const began = Date.now();', false],
    ['interface A { setTimeout: typeof setTimeout }', false],
  ];
  for (const [text, isFound] of cases) {
    test(`${isFound ? 'is' : 'is not'} read when called in ${text}`, () => {
      assert.equal(readsWhenCalled({ file: 'a.ts', text }).length > 0, isFound);
    });
  }
});
