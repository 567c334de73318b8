// The timers that the library works with. Not the global functions: a host may clear the timers of the code
// that called us, and a program may replace them, as fake timers do.

import timers from 'node:timers';

export const { clearImmediate, clearInterval, clearTimeout, setImmediate, setInterval, setTimeout } = timers;
export { setTimeout as sleep } from 'node:timers/promises';
