// Importing it keeps what children print out of this test's standard output, over which the test runner hears of the tests.
import { openSync } from 'node:fs';
import { devNull } from 'node:os';
import { setOutput } from '../../../src/host/output';

setOutput({ fd: openSync(devNull, 'w'), tag: () => '' });
