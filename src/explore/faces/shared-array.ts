// SharedArray, as a program under control sees it.
import { checkOptionsOf } from '../../given';
import { toParts } from '../../objects/handle';
import type { SharedArray as RealSharedArray } from '../../shared/array';
import type { AnyType } from '../../shared/number-types';
import type { Initial } from '../../shared/raw';
import type { AcquireOptions } from '../../sync/lock';
import { Lock } from './lock';
import { newView } from './raw';
import { nextName } from './thing';
import { type Cells, type ControlledBuffer, makeView, type View, viewOf } from './view';

export const SharedArray = function SharedArray(
  type: AnyType,
  initial: Initial<AnyType>,
  options: { lock?: Lock } = {},
): object {
  checkOptionsOf('lock', options);
  const { lock = new Lock({ name: nextName('SharedArray') }) } = options;
  return guard(newView(type, initial, 'Array'), lock);
} as unknown as typeof RealSharedArray;

export function guard(plain: Cells, lock: Lock): object {
  const { buffer } = plain as unknown as { buffer: ControlledBuffer };
  return makeView(viewOf(plain) as View, buffer.byteLength, {
    getLock: () => lock,
    getObj: () => plain,
    acquire: (options: AcquireOptions = {}) => lock.acquire(options),
    acquireSync: (options: AcquireOptions = {}) => lock.acquireSync(options),
    release: () => lock.release(),
    guard: <R>(body: () => R | PromiseLike<R>) => lock.with(body),
    [toParts]: () => ({ kind: 'shared-array', parts: [plain, lock] }),
  });
}
