// node:test in cells: Node says where a test stands only to a program that has a file.

import type { TestContext } from 'node:test';
import { ownProcess } from '../safeguards/pristine';
import { beforeTest } from './interrupted-tests';

let isReady = false;

/** Whether there may be tests: before that no cell can have any. */
export function mayHaveTests(): boolean {
  return isReady;
}

/** Before the first cell that speaks of it: Node looks for the program's file once. */
export function prepareTests(notebookFile: string): void {
  if (isReady) return;
  isReady = true;
  // The variable comes from a runner that has started the kernel: it would have the results for itself.
  Reflect.deleteProperty(ownProcess.env, 'NODE_TEST_CONTEXT');
  ownProcess.argv[1] = notebookFile;
  try {
    // A hook makes Node begin its record of tests.
    (require('node:test') as typeof import('node:test')).beforeEach((test) =>
      beforeTest(test as TestContext),
    );
  } finally {
    ownProcess.argv.splice(1);
  }
}
