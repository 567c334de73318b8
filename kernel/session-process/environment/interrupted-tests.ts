// The tests of an interrupted cell: Node runs one after another, so what will never come back must not keep
// those of later cells from running.

import { executionAsyncResource } from 'node:async_hooks';
import type { TestContext } from 'node:test';
import { safely, setImmediate } from '../safeguards/pristine';
import { isLeft } from './cell-tests';

/** Node's own object of a test; the same in Node 20, 22 and 24. */
interface NodeTest {
  readonly name: string;
  readonly finished: boolean;
  readonly startTime: bigint | null;
  readonly subtests: readonly NodeTest[];
  readonly pendingSubtests: readonly { readonly test: NodeTest }[];
  activeSubtests: number;
  fail(error: Error): void;
  postRun(): void;
}

/** After so many turns, a test that was told to end has ended. */
const TURNS = 3;

/** The signals of the last tests that have begun; those of one that has ended listen to nothing. */
const signals: AbortSignal[] = [];
const MOST_SIGNALS = 100;
/** What all tests stand in. */
let root: NodeTest | undefined;

/** Is called before each test: one whose cell was interrupted does not begin. */
export function beforeTest(test: TestContext): void {
  root ??= (executionAsyncResource() as { parentTest?: NodeTest }).parentTest;
  if (isLeft((test.fullName ?? test.name).split(' > ')[0])) throw new Error('The cell was interrupted.');
  if (signals.length === MOST_SIGNALS) signals.length = 0;
  signals[signals.length] = test.signal;
}

/** What its tests await in the cell's own code has been rejected already. */
export function leaveTests(): void {
  for (let i = 0; i < signals.length; i++) (signals[i] as AbortSignal).dispatchEvent(new Event('abort'));
  signals.length = 0;
  afterTurns(TURNS, () => {
    if (root) endCut(root);
  });
}

function afterTurns(turns: number, then: () => void): void {
  if (turns === 0) safely(then, undefined);
  else setImmediate(() => afterTurns(turns - 1, then));
}

/** Tests and groups that were cut in the middle of their own code. */
function endCut(all: NodeTest): void {
  const { subtests } = all;
  for (let i = 0; i < subtests.length; i++) {
    const test = subtests[i] as NodeTest;
    const hasBegun = test.startTime !== null;
    if (test.finished || (hasBegun ? !isLeft(test.name) : isPending(test, all))) continue;
    if (!hasBegun) all.activeSubtests++;
    test.fail(new Error('The cell was interrupted.'));
    test.postRun();
  }
}

function isPending(test: NodeTest, { pendingSubtests }: NodeTest): boolean {
  for (let i = 0; i < pendingSubtests.length; i++) if (pendingSubtests[i]?.test === test) return true;
  return false;
}
