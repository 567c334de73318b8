// Node's own `process`. A test runner may give its programs a copy, on which no event is ever heard.
import { runInThisContext } from 'node:vm';

export const process: NodeJS.Process = runInThisContext('process');

// A test runner loads the library once for each test file, and each of these listens: not a leak.
const LISTENERS = 4;
const most = process.getMaxListeners();
if (runInThisContext('globalThis') !== globalThis && most > 0) process.setMaxListeners(most + LISTENERS);
