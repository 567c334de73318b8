// Atomics over shared views, and views made over what lies below one.

import { refusal } from '../faces/refusal';
import { ControlledBuffer, doAtomically, makeView, viewOf } from '../faces/view';
import { sizeOfCell } from '../machines/memory';
import { perform, runner } from '../operations';
import { put } from './put';

type Cell = number | bigint;

const atomicMethods = [
  'load',
  'store',
  'add',
  'sub',
  'and',
  'or',
  'xor',
  'exchange',
  'compareExchange',
] as const;
const kinds = [
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
] as const;

export function controlMemory(): void {
  for (const method of atomicMethods) {
    const real = Atomics[method] as (array: unknown, at: number, ...cells: Cell[]) => Cell;
    put(Atomics, method, ((array: unknown, at: number, ...cells: Cell[]) => {
      const view = viewOf(array);
      return view === undefined ? real(array, at, ...cells) : doAtomically(method, view, at, cells);
    }) as never);
  }
  controlWaiting();
  for (const kind of kinds) controlClass(kind);
  const RealDataView = globalThis.DataView;
  const ControlledDataView = function (this: unknown, ...args: never[]) {
    if ((args[0] as unknown) instanceof ControlledBuffer) {
      throw refusal('a DataView over shared memory', 'use typed arrays');
    }
    return Reflect.construct(RealDataView, args, new.target);
  };
  replace('DataView', RealDataView, ControlledDataView);
}

/** Controls Atomics.wait(): with a timeout it is how programs sleep without awaiting. */
function controlWaiting(): void {
  const { wait, notify } = Atomics;
  put(Atomics, 'wait', ((array: Int32Array, at: number, value: number, ms = Number.POSITIVE_INFINITY) => {
    // It throws as the real one does, for which the views of shared memory are none of a SharedArrayBuffer.
    if (viewOf(array) !== undefined) throw new TypeError('[object Int32Array] is not a shared typed array.');
    const seen = wait(array, at, value, 0);
    if (seen === 'not-equal' || ms <= 0) return seen;
    // No other process has this memory, so nobody could ever wake it.
    if (!Number.isFinite(ms))
      throw refusal('Atomics.wait() without a timeout', 'wait for an Event or a Lock');
    perform('sleep', -1, [ms]);
    runner().clock += ms;
    return 'timed-out';
  }) as never);
  put(Atomics, 'notify', ((array: Int32Array, ...rest: [number, number]) =>
    viewOf(array) === undefined ? notify(array, ...rest) : 0) as never);
}

function controlClass(kind: (typeof kinds)[number]): void {
  const Real = globalThis[kind] as unknown as new (...args: never[]) => object;
  const Controlled = function (this: unknown, ...args: never[]): object {
    if (new.target === undefined) throw new TypeError(`Constructor ${kind} requires 'new'`);
    const [buffer, from = 0, length] = args as unknown as [unknown, number?, number?];
    if (!(buffer instanceof ControlledBuffer)) return Reflect.construct(Real, args, new.target) as object;
    const { index, byteLength } = buffer;
    const size = sizeOfCell(kind);
    if (from % size !== 0) throw new RangeError(`start offset of ${kind} should be a multiple of ${size}`);
    const room = Math.floor((byteLength - from) / size);
    if (length !== undefined && length > room) throw new RangeError(`Invalid typed array length: ${length}`);
    return makeView({ index, kind, from, length: length ?? room }, byteLength);
  };
  replace(kind, Real, Controlled);
}

function replace(name: string, Real: object, Controlled: object): void {
  Object.defineProperties(Controlled, Object.getOwnPropertyDescriptors(Real));
  Object.setPrototypeOf(Controlled, Object.getPrototypeOf(Real) as object);
  Object.defineProperty(globalThis, name, { value: Controlled, configurable: true, writable: true });
}
