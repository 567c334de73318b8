// The options of a test of what only processes have, such as signals: skipped where there are only threads.
import { getAllStartMethods } from '../../../src/index';

export const needsProcesses = getAllStartMethods().includes('process')
  ? {}
  : { skip: 'there are no processes here, only threads' };
