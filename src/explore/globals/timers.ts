// Timers on the virtual clock: silent, as long as they need to, and within one process the earliest due goes
// first.
// biome-ignore lint/style/noRestrictedImports: these are the ones to put under control.
import timers from 'node:timers';
// biome-ignore lint/style/noRestrictedImports: these, too.
import promises from 'node:timers/promises';
import { promisify } from 'node:util';
import { ControlledTimer } from '../faces/controlled-timer';
import { put } from './put';

type Callback = (...args: unknown[]) => void;

function clear(timer: unknown): void {
  if (timer instanceof ControlledTimer) timer.close();
}

interface SleepOptions {
  signal?: AbortSignal;
  ref?: boolean;
}

function sleep<T>(ms = 1, value?: T, { signal, ref }: SleepOptions = {}): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const aborted = () => {
      timer.close();
      const error = new Error('The operation was aborted', { cause: signal?.reason });
      reject(Object.assign(error, { name: 'AbortError', code: 'ABORT_ERR' }));
    };
    const timer = new ControlledTimer(
      () => {
        signal?.removeEventListener('abort', aborted);
        resolve(value);
      },
      ms,
      false,
    );
    if (ref === false) timer.unref();
    if (signal?.aborted) aborted();
    else signal?.addEventListener('abort', aborted, { once: true });
  });
}

async function* ticks<T>(ms = 1, value?: T, options?: SleepOptions): AsyncGenerator<T | undefined> {
  for (;;) yield await sleep(ms, value, options);
}

export function controlTimers(): void {
  const once = (callback: Callback, ms = 1, ...args: unknown[]) =>
    new ControlledTimer(() => callback(...args), ms, false);
  const again = (callback: Callback, ms = 1, ...args: unknown[]) =>
    new ControlledTimer(() => callback(...args), ms, true);
  const soon = (callback: Callback, ...args: unknown[]) => once(callback, 1, ...args);
  // What promisify() makes of them is controlled as well.
  const custom = (name: 'setTimeout' | 'setImmediate'): PropertyDescriptorMap => ({
    [promisify.custom]: { get: () => promises[name] },
  });
  for (const owner of [globalThis, timers as unknown as typeof globalThis]) {
    put(owner, 'setTimeout', once as never, custom('setTimeout'));
    put(owner, 'setInterval', again as never);
    put(owner, 'setImmediate', soon as never, custom('setImmediate'));
    for (const name of ['clearTimeout', 'clearInterval', 'clearImmediate'] as const) put(owner, name, clear);
  }
  const awaited = promises as unknown as Record<string, never>;
  put(awaited, 'setTimeout', sleep as never);
  put(awaited, 'setImmediate', ((value: unknown, options?: SleepOptions) =>
    sleep(0, value, options)) as never);
  put(awaited, 'setInterval', ticks as never);
  put(promises.scheduler, 'wait', ((ms: number, options?: SleepOptions) =>
    sleep(ms, undefined, options)) as never);
  put(promises.scheduler, 'yield', () => sleep(0));
  put(AbortSignal, 'timeout', ((ms: number) => {
    const controller = new AbortController();
    const error = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
    once(() => controller.abort(error), ms).unref();
    return controller.signal;
  }) as never);
}
