// What Node.js runs as a session. Its tests are told by our reporter, which can only be named at the start.

import { join } from 'node:path';

const code = join(__dirname, '..', '..', 'session-process');

export const sessionProgram: readonly string[] = [
  `--test-reporter=${join(code, 'environment', 'test-reporter.js')}`,
  '--test-reporter-destination=stdout',
  join(code, 'entry.js'),
];
