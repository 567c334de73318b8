// Node's own `process`. A test runner may give its programs a copy, on which no event is ever heard.
import { runInThisContext } from 'node:vm';

export const process: NodeJS.Process = runInThisContext('process');
