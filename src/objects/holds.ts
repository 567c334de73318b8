// A hold keeps several objects until it is let go, or until the thread that has it dies. It takes
// their offsets, or their handles, which captures and messages carry.
import { programMemory } from '../memory/memory';
import { currentSlot } from '../memory/slots';
import type { Handle } from './handle';
import {
  addReference,
  createObject,
  dropReference,
  objectKinds,
  pin,
  unpin,
  whenObjectEnds,
  whenObjectKeeps,
} from './references';

/** Returns the hold, which letGo() takes: 0 if there is nothing to hold. */
export function hold(offsets: readonly number[]): number {
  if (offsets.length === 0) return 0;
  const object = createObject((1 + offsets.length) * 4, objectKinds.hold);
  const { i32 } = programMemory();
  const count = object / 4;
  offsets.forEach((offset, index) => {
    pin(offset);
    i32[count + 1 + index] = offset;
    Atomics.store(i32, count, index + 1);
  });
  return object;
}

export function letGo(held: number): void {
  if (held !== 0) dropReference(held, currentSlot());
}

whenObjectEnds(objectKinds.hold, (object) => {
  for (const offset of heldBy(object)) unpin(offset);
});
whenObjectKeeps(objectKinds.hold, heldBy);

function heldBy(object: number): readonly number[] {
  const { i32 } = programMemory();
  const first = object / 4 + 1;
  return [...i32.subarray(first, first + (i32[first - 1] ?? 0))];
}

/** A parent calls it for a child that is about to start with this handle in its arguments. */
export function addReferenceOf(handle: Handle, slot: number): void {
  if (typeof handle.offset === 'number') addReference(handle.offset, slot);
}

export function holdHandles(handles: readonly Handle[]): number {
  return hold(handles.flatMap(({ offset }) => (typeof offset === 'number' ? [offset] : [])));
}
