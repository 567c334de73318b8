// SharedArray, as a program under control sees it.
import { checkOptionsOf } from '../../given';
import { toHandle, toParts } from '../../objects/handle';
import type { SharedArray as RealSharedArray } from '../../shared/array';
import type { AnyType } from '../../shared/number-types';
import type { Initial } from '../../shared/raw';
import type { AcquireOptions } from '../../sync/lock';
import { Lock } from './lock';
import { newView } from './raw';
import { nextName } from './thing';
import { type Cells, control, type View, viewOf } from './view';

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
  const methods: Record<string | symbol, unknown> = {
    getLock: () => lock,
    getObj: () => plain,
    acquire: (options: AcquireOptions = {}) => lock.acquire(options),
    acquireSync: (options: AcquireOptions = {}) => lock.acquireSync(options),
    release: () => lock.release(),
    guard: <R>(body: () => R | PromiseLike<R>) => lock.with(body),
    [toHandle]: undefined,
    [toParts]: () => ({ kind: 'shared-array', parts: [plain, lock] }),
  };
  const proxy = new Proxy(plain, {
    get: (target, key) => (Object.hasOwn(methods, key) ? methods[key] : Reflect.get(target, key)),
    has: (target, key) => key !== toHandle && (Object.hasOwn(methods, key) || Reflect.has(target, key)),
  });
  return control(proxy, viewOf(plain) as View);
}
