// node:test in cells: Node says where a test stands only to a program that has a file.

import { ownProcess } from '../safeguards/pristine';

let isReady = false;

/** Before the first cell that speaks of it: Node looks for the program's file once. */
export function prepareTests(notebookFile: string): void {
  if (isReady) return;
  isReady = true;
  // Of a runner that has started the kernel: it would have the results for itself.
  Reflect.deleteProperty(ownProcess.env, 'NODE_TEST_CONTEXT');
  ownProcess.argv[1] = notebookFile;
  try {
    // A hook makes Node begin its record of tests.
    (require('node:test') as typeof import('node:test')).before(() => {});
  } finally {
    ownProcess.argv.splice(1);
  }
}
