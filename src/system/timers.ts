// The timers that the library works with. Not the global functions: a host may clear the timers of the code
// that called us, and a program may replace them, as fake timers do.

import timers from 'node:timers';
import promises from 'node:timers/promises';

export const { clearImmediate, clearInterval, clearTimeout, setImmediate, setInterval, setTimeout } = timers;
/** A function of its own: Node's travels to other processes by the name of its module, and not by ours. */
export const sleep: typeof promises.setTimeout = (...args) => promises.setTimeout(...args);
