// Which timers belong to which cell, so that an interrupt can clear them. Only the global functions:
// `node:timers` stays as it is, for code that must go on whatever happens to a cell.

import { promisify } from 'node:util';
import { type Cell, contextCell } from './cell';

type Callback = (this: unknown, ...args: unknown[]) => void;
type Schedule = (callback: Callback, ...rest: unknown[]) => object;
type Clear = (timer: unknown) => void;

const owners = new WeakMap<object, Cell>();

export function trackTimers(): void {
  track('setTimeout', 'clearTimeout');
  track('setImmediate', 'clearImmediate');
  track('setInterval', 'clearInterval');
}

function track(
  scheduleName: 'setTimeout' | 'setImmediate' | 'setInterval',
  clearName: 'clearTimeout' | 'clearImmediate' | 'clearInterval',
): void {
  const schedule = globalThis[scheduleName] as unknown as Schedule;
  const clear = globalThis[clearName] as unknown as Clear;

  const trackingSchedule: Schedule = (callback, ...rest) => {
    const cell = contextCell();
    if (!cell || typeof callback !== 'function') return schedule(callback, ...rest);
    const once: Callback = function (...args) {
      forget(timer);
      callback.apply(this, args);
    };
    const timer = schedule(scheduleName === 'setInterval' ? callback : once, ...rest);
    owners.set(timer, cell);
    cell.timers.set(timer, () => clear(timer));
    return timer;
  };
  const trackingClear: Clear = (timer) => {
    forget(timer);
    clear(timer);
  };

  // `promisify(setTimeout)` asks the function itself.
  const promised = (schedule as unknown as { [promisify.custom]?: unknown })[promisify.custom];
  if (promised) Object.defineProperty(trackingSchedule, promisify.custom, { value: promised });
  replaceGlobal(scheduleName, trackingSchedule);
  replaceGlobal(clearName, trackingClear);
}

function forget(timer: unknown): void {
  if (typeof timer !== 'object' || timer === null) return;
  owners.get(timer)?.timers.delete(timer);
}

function replaceGlobal(name: string, replacement: (...args: never[]) => unknown): void {
  Object.defineProperty(replacement, 'name', { value: name });
  Object.defineProperty(globalThis, name, {
    value: replacement,
    configurable: true,
    enumerable: true,
    writable: true,
  });
}
