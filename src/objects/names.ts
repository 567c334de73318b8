// Names of shared memory, known to all processes of one program and to no other program. A name keeps its
// memory alive until it is taken away.
import { header } from '../memory/layout';
import { programMemory } from '../memory/memory';
import { Mutex } from '../memory/mutex';
import { currentSlot } from '../memory/slots';
import { addReference, objectKinds, objectsOfKind, pin, unpin } from './references';
import { NAME_BYTES, NAME_WORDS } from './shared-buffer';

const IS_NAMED = NAME_WORDS;
const LENGTH = NAME_WORDS + 1;
const TEXT = NAME_WORDS + 2;

export const LONGEST_NAME = NAME_BYTES;

/** Returns false if the name belongs to other memory already. */
export function giveName(object: number, name: string): boolean {
  const { i32, u8 } = programMemory();
  return alone(() => {
    if (find(name) !== undefined) return false;
    const text = Buffer.from(name);
    u8.set(text, (object / 4 + TEXT) * 4);
    i32[object / 4 + LENGTH] = text.length;
    pin(object);
    Atomics.store(i32, object / 4 + IS_NAMED, 1);
    return true;
  });
}

/** The object of that name; this thread then refers to it. */
export function findNamed(name: string): number | undefined {
  return alone(() => {
    const object = find(name);
    if (object !== undefined) addReference(object, currentSlot());
    return object;
  });
}

/** Returns false if nothing has that name. */
export function takeNameAway(name: string): boolean {
  const object = alone(() => {
    const named = find(name);
    if (named !== undefined) Atomics.store(programMemory().i32, named / 4 + IS_NAMED, 0);
    return named;
  });
  if (object !== undefined) unpin(object);
  return object !== undefined;
}

/** All memory that has a name now. */
export function allNamed(): { name: string; object: number }[] {
  const { i32 } = programMemory();
  return alone(() =>
    objectsOfKind(objectKinds.buffer)
      .filter((object) => Atomics.load(i32, object / 4 + IS_NAMED) === 1)
      .map((object) => ({ name: nameOf(object), object })),
  );
}

function find(name: string): number | undefined {
  const { i32 } = programMemory();
  return objectsOfKind(objectKinds.buffer).find(
    (object) => Atomics.load(i32, object / 4 + IS_NAMED) === 1 && nameOf(object) === name,
  );
}

function nameOf(object: number): string {
  const { i32, u8 } = programMemory();
  const from = (object / 4 + TEXT) * 4;
  return Buffer.from(u8.slice(from, from + (i32[object / 4 + LENGTH] ?? 0))).toString();
}

let mutex: Mutex | undefined;
function alone<T>(body: () => T): T {
  mutex ??= new Mutex(programMemory(), header.names * 4);
  // A former holder that died inside left a name either given or not: nothing to put right.
  mutex.lock();
  try {
    return body();
  } finally {
    mutex.unlock();
  }
}
