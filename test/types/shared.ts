// What must, and what must not, compile around shared numbers and locks.
import {
  Barrier,
  Condition,
  Event,
  type Held,
  Lock,
  Process,
  RawArray,
  RawValue,
  RLock,
  Semaphore,
  SharedArray,
  SharedMemory,
  Value,
} from '../../src/index';
import { is } from './expect';

export function numbers(): void {
  is<number>()(new Value('i', 3).value);
  is<bigint>()(new Value('q', 3n).value);
  is<number>()(new RawValue('d').value);
  is<number | undefined>()(new SharedArray('d', 10)[0]);
  is<bigint | undefined>()(new RawArray('q', 2)[0]);
  new SharedArray('i', [1, 2, 3]).getLock();
  // @ts-expect-error TS2345: no type of numbers
  new Value('string', 'a');
  // @ts-expect-error TS2322: a number for a bigint
  new Value('q', 3n).value = 3;
  // @ts-expect-error TS2345: bigints for numbers
  new SharedArray('i', [1n]);
}

export async function guarded(value: Value<'i'>, array: SharedArray<'d'>): Promise<void> {
  for (const each of [value, array]) {
    using heldHere = each.acquireSync();
    is<Held>()(heldHere);
    using heldNow = await each.acquire({ onOwnerDied: 'continue' });
    is<Held>()(heldNow);
    is<Held | false>()(each.acquireSync({ timeout: 10 }));
    is<Held | false>()(await each.acquire({ timeout: 10 }));
    // @ts-expect-error TS2339: nobody has it when the time was up
    each.acquireSync({ timeout: 10 }).release();
  }
}

export async function locks(lock: Lock): Promise<void> {
  is<Held>()(await lock.acquire());
  is<Held | false>()(await lock.acquire({ timeout: 10 }));
  is<Held>()(lock.acquireSync());
  is<number>()(await lock.with(() => 3));
  is<number>()(await new RLock().with(async () => 3));
  is<boolean>()(await new Event().wait({ timeout: 10 }));
  is<boolean>()(await new Condition(lock).wait());
  is<boolean>()(lock.locked());
  // @ts-expect-error TS2339: an await is missing
  lock.acquire().release();
  // @ts-expect-error TS2339: nobody has it when the time was up
  (await lock.acquire({ timeout: 10 })).release();
  // @ts-expect-error TS2769: options, and no bare number
  await lock.acquire(10);
  // @ts-expect-error TS2345: of another kind
  new Condition(new Semaphore());
  // @ts-expect-error TS2554: for how many?
  new Barrier();
  // @ts-expect-error TS2345: the argument is missing
  new Process({ target: (held: Lock) => held.release() });
  // @ts-expect-error TS2740: a class, and no lock
  new Process({ target: (held: Lock) => held.release(), args: [Lock] });
  // @ts-expect-error TS2850: a promise cannot be disposed of
  using held = lock.acquire();
  is<Promise<Held>>()(held);
}

export function memory(): void {
  new SharedMemory({ create: true, size: 8 });
  new SharedMemory({ name: 'n' });
  // @ts-expect-error TS2345: how many bytes?
  new SharedMemory({ create: true });
  // @ts-expect-error TS2345: there is no name to find it by
  new SharedMemory({ size: 8 });
}
