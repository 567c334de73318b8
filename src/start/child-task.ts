// What a child is told to do, and its way through shared memory: the parent writes it and wakes the child; no
// event loop is needed.
import { deserialize, serialize } from 'node:v8';
import type { Identity } from '../identity/identity';
import type { TypeScriptSetup } from '../identity/typescript-setup';
import { programMemory } from '../memory/memory';
import { taskWordIndex, whenSlotDies } from '../memory/slots';
import type { Handle } from '../objects/handle';
import { addReferenceOf } from '../objects/holds';
import { withRoom } from '../objects/references';

export interface ChildTask {
  identity: Identity;
  /** What the host named the work that started this; empty without a host. */
  tag: string;
  cwd: string;
  argv: string[];
  /** The environment, only when it differs from the one that the child was spawned with. */
  env?: NodeJS.ProcessEnv;
  typescript: TypeScriptSetup | undefined;
  /** `{ target, args }`, as src/capture encodes it. */
  program: Uint8Array;
}

const NONE = 0;
const GIVEN = 1;
const TAKEN = 2;

export function giveTask(slot: number, task: ChildTask, shared: readonly Handle[]): void {
  for (const handle of shared) addReferenceOf(handle, slot);
  const memory = programMemory();
  const word = taskWordIndex(slot);
  const bytes = serialize(task);
  const offset = withRoom(() => memory.allocate(bytes.length));
  memory.u8.set(bytes, offset);
  memory.i32[word + 1] = offset;
  memory.i32[word + 2] = bytes.length;
  memory.hand.release();
  Atomics.store(memory.i32, word, GIVEN);
  memory.wake(word, 1);
}

/**
 * Sleeps until there is a task. A process that waits here has nothing else to do. Undefined if the parent
 * took it back.
 */
export function takeTask(slot: number): ChildTask | undefined {
  const memory = programMemory();
  const word = taskWordIndex(slot);
  while (Atomics.load(memory.i32, word) === NONE) memory.waitSync(word, NONE, 60_000);
  const offset = memory.i32[word + 1]!;
  const bytes = memory.u8.slice(offset, offset + memory.i32[word + 2]!);
  if (Atomics.compareExchange(memory.i32, word, GIVEN, TAKEN) !== GIVEN) return undefined;
  memory.free(offset);
  return deserialize(bytes) as ChildTask;
}

/**
 * Whether this slot is of a process that has something to do, and not of one in stock or the main process.
 */
export function hasTask(slot: number): boolean {
  return Atomics.load(programMemory().i32, taskWordIndex(slot)) !== NONE;
}

/** Leaves the slot as if it had never been given a task. */
export function forgetTask(slot: number): void {
  Atomics.store(programMemory().i32, taskWordIndex(slot), NONE);
}

/** The parent says by it that the child, which may not even be there yet, is to end without a task. */
export function cancelTask(slot: number): void {
  const memory = programMemory();
  const word = taskWordIndex(slot);
  if (Atomics.compareExchange(memory.i32, word, NONE, TAKEN) === NONE) memory.wake(word, 1);
}

/** The parent takes a task back. Returns true if the child had not taken it, which it now never will. */
export function dropTask(slot: number): boolean {
  const memory = programMemory();
  const word = taskWordIndex(slot);
  if (Atomics.compareExchange(memory.i32, word, GIVEN, TAKEN) !== GIVEN) return false;
  memory.free(memory.i32[word + 1]!);
  return true;
}

// Its parent may have died before it could take back what a child had not taken.
whenSlotDies(dropTask);
