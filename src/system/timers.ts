// The timers and the clock that the library works with. Not the global ones: a host may clear the timers of
// the code that called us, and a program may replace them, as fake timers do.

import timers from 'node:timers';
import promises from 'node:timers/promises';
import { process } from './node-process';

export const { clearImmediate, clearInterval, clearTimeout, setImmediate, setInterval, setTimeout } = timers;
/** A function of its own: Node's travels to other processes by the name of its module, and not by ours. */
export const sleep: typeof promises.setTimeout = (...args) => promises.setTimeout(...args);

const now = globalThis.performance.now.bind(globalThis.performance);
/** `timeOrigin`: when this process began, in milliseconds since 1970. */
export const performance = { now, timeOrigin: globalThis.performance.timeOrigin } as const;
export const { queueMicrotask } = globalThis;
export const nextTick: typeof process.nextTick = process.nextTick.bind(process);
