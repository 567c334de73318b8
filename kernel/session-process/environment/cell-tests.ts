// The tests of node:test that a cell has registered: it ends after them, and as failed where one has failed.

import type { Outcome } from '../../conversations/session';
import type { Cell } from '../cell/cell';
import { print } from '../cell/output';
import { hasOtherWork } from '../display/long-waits';
import { now, OwnMap, safely, setImmediate, setTimeout } from '../safeguards/pristine';

/** Node tells of a test some promises after it was registered. */
const TURNS = 2;
/** Node loads the reporter when it hears of tests; where it has another one, it is waited for once. */
const REPORTER_WITHIN_MS = 5000;
const TELL_AFTER_MS = 3000;

interface Tests {
  /** Names of those that have not ended and stand in no other. */
  readonly left: string[];
  readonly failed: string[];
  whenOver?: () => void;
}

const testsOf = new OwnMap<Cell, Tests>();
let isReporting = false;
let waitedSince: number | undefined;

export function beginReporting(): void {
  isReporting = true;
}

export function testBegan(cell: Cell, name: string): void {
  let tests = testsOf.get(cell);
  if (!tests) {
    tests = { left: [], failed: [] };
    testsOf.set(cell, tests);
  }
  tests.left[tests.left.length] = name;
}

export function testFailed(cell: Cell, name: string): void {
  const failed = testsOf.get(cell)?.failed;
  if (failed) failed[failed.length] = name;
}

export function testEnded(cell: Cell, name: string): void {
  const tests = testsOf.get(cell);
  if (!tests) return;
  remove(tests.left, name);
  if (tests.left.length > 0) return;
  if (cell.ended) testsOf.delete(cell);
  tests.whenOver?.();
}

function remove(names: string[], name: string): void {
  let kept = 0;
  let isFound = false;
  for (let i = 0; i < names.length; i++) {
    if (names[i] === name && !isFound) isFound = true;
    else names[kept++] = names[i] as string;
  }
  names.length = kept;
}

/** Calls `then` when the tests that the cell has registered have ended, with how it ends itself. */
export function afterTests(cell: Cell, outcome: Outcome, then: (outcome: Outcome) => void): void {
  waitedSince ??= now();
  const until = waitedSince + REPORTER_WITHIN_MS;
  let turns = 0;
  const look = (): void => {
    if (cell.ended) return;
    if (turns++ < TURNS || (!isReporting && now() < until)) {
      setImmediate(look);
      return;
    }
    const tests = testsOf.get(cell);
    if (!tests) then(outcome);
    else if (cell.interruption)
      return; // Which ends it.
    else if (tests.left.length === 0) {
      testsOf.delete(cell);
      then(outcome.type === 'returned' && tests.failed.length > 0 ? failedBy(tests.failed) : outcome);
    } else if (!tests.whenOver) {
      tests.whenOver = look;
      tellEndless(cell, tests.left);
    }
  };
  look();
}

function failedBy(failed: readonly string[]): Outcome {
  let names = '';
  for (let i = 0; i < failed.length; i++) names += `${i === 0 ? '' : ', '}${failed[i]}`;
  const message = `${failed.length === 1 ? 'A test has' : `${failed.length} tests have`} failed: ${names}.`;
  return { type: 'threw', name: 'TestsFailed', message, traceback: [`TestsFailed: ${message}`] };
}

/** Tells of an endless test as soon as nothing goes on that could end it. */
function tellEndless(cell: Cell, left: readonly string[]): void {
  const first = left[0];
  const look = (): void => {
    if (cell.ended || left.length === 0) return;
    if (left[0] !== first || hasOtherWork()) tellEndless(cell, left);
    else print('stderr', endlessSentence(first), cell);
  };
  setTimeout(() => safely(look, undefined), TELL_AFTER_MS).unref();
}

function endlessSentence(name: string | undefined): string {
  return (
    `The test “${name}” has not ended for ${TELL_AFTER_MS / 1000} s, and nothing is left that could end it: ` +
    'it awaits a promise that nobody resolves, or does not call done(). To end the cell, interrupt the kernel.\n'
  );
}

/** Whether this is one of the tests that an interrupt has left. */
export function isLeft(name: string | undefined): boolean {
  let isFound = false;
  testsOf.forEach(({ left }, cell) => {
    for (let i = 0; cell.interruption && i < left.length; i++) isFound ||= left[i] === name;
  });
  return isFound;
}
