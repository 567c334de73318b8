// The virtual clock: it begins at the same moment in every run, and only sleeping takes time.
import { perform } from '../operations';
import { put } from './put';

/** 1 January 2025, 9 o'clock. */
const BEGINNING = 1_735_722_000_000;
const NANOSECONDS = 1_000_000;

const elapsed = () => Number(perform('now'));

export function controlClock(): void {
  const RealDate = globalThis.Date;
  // It is no class, because it may be called without `new`.
  const ControlledDate = function (this: unknown, ...args: never[]): unknown {
    if (new.target === undefined) return new RealDate(RealDate.now()).toString();
    if (args.length > 0) return Reflect.construct(RealDate, args, new.target);
    return Reflect.construct(RealDate, [RealDate.now()], new.target);
  };
  put(RealDate, 'now', () => BEGINNING + Math.floor(elapsed()));
  Object.defineProperties(ControlledDate, Object.getOwnPropertyDescriptors(RealDate));
  Object.defineProperty(globalThis, 'Date', { value: ControlledDate, configurable: true, writable: true });
  put(globalThis.performance, 'now', elapsed);
  const hrtime = (before?: [number, number]): [number, number] => {
    const ms = elapsed();
    const now: [number, number] = [Math.floor(ms / 1000), Math.floor((ms % 1000) * NANOSECONDS)];
    if (before === undefined) return now;
    const nanoseconds = (now[0] - before[0]) * 1e9 + now[1] - before[1];
    return [Math.floor(nanoseconds / 1e9), nanoseconds % 1e9];
  };
  put(process.hrtime, 'bigint', () => BigInt(Math.floor(elapsed() * NANOSECONDS)));
  put(process, 'hrtime', hrtime as never);
  put(process, 'uptime', () => elapsed() / 1000);
}
