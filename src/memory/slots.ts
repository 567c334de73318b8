// One slot for each process and thread of the program: who it is, whether it lives, how it ended. The parent
// claims a slot before it starts a child, and releases it when the child is gone.

import { SharedMemoryError } from '../errors';
import { clearTimeout, performance, setTimeout } from '../system/timers';
import { header, NAME_BYTES, SLOT_BITS, SLOT_COUNT, SLOT_WORDS, SLOTS, slotWord } from './layout';
import { beginLife, lifeWordIndex, lifeWordSays } from './life';
import { hasMemory, programBlock, programMemory, SLICE_MS, whenCreated } from './memory';

export { lifeWordIndex };

type SlotKind = 'process' | 'thread';
type SlotState = 'free' | 'claimed' | 'entered' | 'died' | 'ended';

interface SlotInfo {
  readonly slot: number;
  readonly name: string;
  readonly kind: SlotKind;
  readonly state: SlotState;
  readonly pid: number;
  readonly parent: number;
  /** The slot of the main thread of this slot's process. */
  readonly processSlot: number;
  readonly generation: number;
  readonly exitcode: number | null;
}

const kinds: readonly SlotKind[] = ['process', 'thread'];
const states: readonly SlotState[] = ['free', 'claimed', 'entered', 'died', 'ended'];
const FREE = 0;
const CLAIMED = 1;
const ENTERED = 2;
const DIED = 3;
/** Told to have ended, but its thread may still run: what it has is not let go yet. */
const ENDED = 4;
const SLOT_MASK = SLOT_COUNT - 1;

let mySlot: number | undefined;
let myTag = 0;
const onDeath: ((slot: number) => void)[] = [];
const onThread: (() => void)[] = [];

whenCreated(() => enterSlot(claimSlot({ name: 'MainProcess', kind: 'process', parent: 0 })));

interface NewSlot {
  name: string;
  kind: SlotKind;
  parent?: number;
  isOwn?: boolean;
}

/**
 * Takes a slot for a child, and returns it. The parent calls it before it starts the child. Throws
 * SharedMemoryError if all are taken.
 */
export function claimSlot(info: NewSlot): number {
  const { i32 } = programMemory();
  buryOrphans();
  if (info.kind === 'thread') for (const then of onThread) then();
  const first = Atomics.add(i32, header.slotHint, 1);
  for (let step = 0; step < SLOT_COUNT; step++) {
    const slot = (first + step) & SLOT_MASK;
    const word = wordOf(slot, 'state');
    const state = Atomics.load(i32, word);
    if (state !== FREE && !isForsaken(slot)) continue;
    if (Atomics.compareExchange(i32, word, state, CLAIMED) !== state) continue;
    if (state !== FREE) forget(slot);
    fillSlot(slot, info);
    return slot;
  }
  throw new SharedMemoryError(
    `${SLOT_COUNT} processes and threads are alive already: join or close some first.`,
  );
}

function fillSlot(slot: number, info: NewSlot): void {
  const { i32 } = programMemory();
  const at = SLOTS + slot * SLOT_WORDS;
  const parent = info.parent ?? currentSlot();
  i32[at + slotWord.parent] = parent;
  i32[at + slotWord.parentTag] = parent === slot ? 0 : tagOf(parent);
  i32[at + slotWord.processSlot] = info.kind === 'process' ? slot : (i32[wordOf(parent, 'processSlot')] ?? 0);
  i32[at + slotWord.kind] = kinds.indexOf(info.kind);
  i32[at + slotWord.pid] = 0;
  i32[at + slotWord.life] = 0;
  i32[at + slotWord.exitcode] = 0;
  i32[at + slotWord.exitKnown] = 0;
  i32[at + slotWord.doorbell] = 0;
  i32[at + slotWord.own] = info.isOwn === true ? 1 : 0;
  // A predecessor may have died in the middle of a wait. The room of its report serves the next.
  i32[at + slotWord.reportSequence] = ((i32[at + slotWord.reportSequence] ?? 0) + 2) & ~1;
  i32.fill(0, at + slotWord.task, at + slotWord.nameLength);
  renameSlot(slot, info.name);
  // Last: from here on an owner's tag of the former generation no longer fits this slot.
  Atomics.add(i32, at + slotWord.generation, 1);
}

/**
 * Makes this thread the owner of the slot that its parent claimed for it. The thread calls it itself. Throws
 * SharedMemoryError if it has one, or if the parent has given the slot up.
 */
export function enterSlot(slot: number): void {
  const { i32 } = programMemory();
  if (mySlot !== undefined) throw new SharedMemoryError(`This thread has entered slot ${mySlot} already.`);
  if (!isAwaited(slot))
    throw new SharedMemoryError(`Slot ${slot} waits for nobody: the parent of this process has died.`);
  mySlot = slot;
  i32[wordOf(slot, 'pid')] = process.pid;
  programMemory().hand.use(wordOf(slot, 'hand'));
  beginLife(slot);
  // The parent may have ended this thread just now, and then it stays so.
  Atomics.compareExchange(i32, wordOf(slot, 'state'), CLAIMED, ENTERED);
  myTag = tagOf(slot);
}

/** Whether a process or thread is still to enter it. */
export function isAwaited(slot: number): boolean {
  return Atomics.load(programMemory().i32, wordOf(slot, 'state')) === CLAIMED;
}

/** Leaves the slot to the parent. A process that was forked calls it first: it has its parent's slot. */
export function leaveSlot(): void {
  mySlot = undefined;
  myTag = 0;
  programMemory().hand.use();
}

export function currentSlot(): number {
  if (mySlot === undefined) programMemory(); // the root enters its slot when its memory is made
  if (mySlot === undefined) throw new SharedMemoryError('This process has joined no slot yet.');
  return mySlot;
}

export function hasSlot(): boolean {
  return hasMemory() && mySlot !== undefined;
}

export function isAlive(slot: number): boolean {
  const { i32 } = programMemory();
  const state = Atomics.load(i32, wordOf(slot, 'state'));
  // Claimed for a child that is about to begin, which it will not do without its parent.
  if (state !== ENTERED) return state === CLAIMED && hasParent(slot);
  const byKernel = lifeWordSays(slot);
  if (byKernel === false) return false;
  const processSlot = i32[wordOf(slot, 'processSlot')] ?? slot;
  if (processSlot !== slot && lifeWordSays(processSlot) === false) return false;
  if (byKernel !== undefined) return byKernel;
  // Node ends a thread together with the threads that it started, and these are marked by no one.
  if (processSlot !== slot) return hasParent(slot);
  return isRunning(i32[wordOf(slot, 'pid')] ?? 0);
}

/**
 * Whether a process that this one descends from has died. Children never outlive their parents, so this one
 * is about to end.
 */
export function hasDeadAncestor(slot: number): boolean {
  for (let child = slot; ; ) {
    const parent = programMemory().i32[wordOf(child, 'parent')] ?? child;
    if (parent === child) return false;
    if (!isAlive(parent)) return true;
    child = parent;
  }
}

/** Whether a child of that thread has died, and the thread has not been told or not released its slot yet. */
export function hasDeadChild(parentTag: number): boolean {
  const { i32 } = programMemory();
  for (let slot = 0; slot < slotsUsed(); slot++) {
    if (i32[wordOf(slot, 'parentTag')] === parentTag && isTaken(slot) && !isAlive(slot)) return true;
  }
  return false;
}

/** Whether who has it is none of the program's: the zygote, a process in stock, the explorer. */
export function isOwnSlot(slot: number): boolean {
  return programMemory().i32[wordOf(slot, 'own')] !== 0;
}

/** Gives a slot away: from now on it is one of the program's. */
export function giveSlotAway(slot: number): void {
  programMemory().i32[wordOf(slot, 'own')] = 0;
}

/**
 * Marks a thread that was told to end, where nothing tells when it is gone: from now on all take it for dead.
 * What it has is let go by releaseSlot(), when it is gone.
 */
export function markEnded(slot: number): void {
  const { i32 } = programMemory();
  for (const state of [CLAIMED, ENTERED]) Atomics.compareExchange(i32, wordOf(slot, 'state'), state, ENDED);
}

/** The parent calls it when the child is gone; whatever it still referred to is let go. */
export function markDied(slot: number, exitcode: number | null): void {
  const { i32 } = programMemory();
  if (exitcode !== null) setExitcode(slot, exitcode);
  Atomics.store(i32, wordOf(slot, 'state'), DIED);
  forget(slot);
  orphan(slot);
  buryOrphans();
}

/** The exit code may be known before the end: the child writes it when it begins to exit. */
export function setExitcode(slot: number, exitcode: number): void {
  const { i32 } = programMemory();
  i32[wordOf(slot, 'exitcode')] = exitcode;
  Atomics.store(i32, wordOf(slot, 'exitKnown'), 1);
}

/** Gives the slot back. Its name and pid stay readable until it is claimed again. */
export function releaseSlot(slot: number): void {
  const { i32 } = programMemory();
  if (Atomics.load(i32, wordOf(slot, 'state')) !== DIED) markDied(slot, null);
  Atomics.store(i32, wordOf(slot, 'state'), FREE);
}

export function slotInfo(slot: number): SlotInfo {
  const { i32, u8 } = programMemory();
  const word = (name: keyof typeof slotWord) => Atomics.load(i32, wordOf(slot, name));
  const nameAt = wordOf(slot, 'name') * 4;
  return {
    slot,
    name: Buffer.from(u8.slice(nameAt, nameAt + word('nameLength'))).toString('utf8'),
    kind: kinds[word('kind')] ?? 'process',
    state: states[word('state')] ?? 'free',
    pid: word('pid'),
    parent: word('parent'),
    processSlot: word('processSlot'),
    generation: word('generation'),
    exitcode: word('exitKnown') === 1 ? word('exitcode') : null,
  };
}

export function renameSlot(slot: number, name: string): void {
  const { i32, u8 } = programMemory();
  const { written } = new TextEncoder().encodeInto(name, nameBuffer);
  u8.set(nameBuffer.subarray(0, written), wordOf(slot, 'name') * 4);
  i32[wordOf(slot, 'nameLength')] = written;
}
const nameBuffer = new Uint8Array(NAME_BYTES);

/** The first of seven words that parent and child may use as they like. */
export function taskWordIndex(slot: number): number {
  return wordOf(slot, 'task');
}

export function wordOf(slot: number, name: keyof typeof slotWord): number {
  return SLOTS + slot * SLOT_WORDS + slotWord[name];
}

// A tag is what an owner writes into a lock: its slot and the slot's generation in one word, never 0.

export function ownerTag(): number {
  if (myTag === 0) currentSlot();
  return myTag;
}

export function tagOf(slot: number): number {
  return (Atomics.load(programMemory().i32, wordOf(slot, 'generation')) << SLOT_BITS) | slot | 0;
}

export function slotOfTag(tag: number): number {
  return tag & SLOT_MASK;
}

export function isTagAlive(tag: number): boolean {
  const slot = slotOfTag(tag);
  return tagOf(slot) === tag && isAlive(slot);
}

/** The name and pid behind a tag, as far as they are still known. */
export function whoIs(tag: number): { name: string; pid: number; exitcode?: number | null } {
  const slot = slotOfTag(tag);
  return tagOf(slot) === tag ? slotInfo(slot) : { name: 'A process that ended long ago', pid: 0 };
}

/** By this references.ts releases what a dead process held before its slot stands for another process. */
export function whenSlotDies(then: (slot: number) => void): void {
  onDeath.push(then);
}

/**
 * By this doorbell.ts learns of threads: a signal reaches only the main thread, which has to pass it on once
 * there are others.
 */
export function whenThreadClaimed(then: () => void): void {
  onThread.push(then);
}

/** No slot from this number on was ever claimed. */
export function slotsUsed(): number {
  return Math.min(SLOT_COUNT, Atomics.load(programMemory().i32, header.slotHint));
}

function forget(slot: number): void {
  programBlock().takeBack(wordOf(slot, 'hand'));
  for (const then of onDeath) then(slot);
}

// The children of a dead process end a moment after it, and only the process that marked their parent can
// mark them.
const orphans = new Map<number, { slot: number; since: number }>();
let burial: NodeJS.Timeout | undefined;
/** How long after its parent's death a child may still be about to enter its slot. */
const LAST_MOMENT_MS = 500;

function orphan(parent: number): void {
  const parentTag = tagOf(parent);
  for (let slot = 0; slot < slotsUsed(); slot++) {
    const isChild = programMemory().i32[wordOf(slot, 'parentTag')] === parentTag;
    if (isChild && isTaken(slot)) orphans.set(tagOf(slot), { slot, since: performance.now() });
  }
}

function buryOrphans(): void {
  for (const [tag, { slot, since }] of orphans) {
    const isOurs = tagOf(slot) === tag && isTaken(slot);
    const mayEnter = slotInfo(slot).state !== 'entered' && performance.now() - since < LAST_MOMENT_MS;
    if (isOurs && (mayEnter || isAlive(slot))) continue;
    orphans.delete(tag);
    if (isOurs) releaseSlot(slot);
  }
  clearTimeout(burial);
  if (orphans.size > 0) burial = setTimeout(buryOrphans, SLICE_MS).unref();
}

function isTaken(slot: number): boolean {
  return Atomics.load(programMemory().i32, wordOf(slot, 'state')) !== FREE;
}

/** A process whose ancestors all died before any could mark it: its slot may be taken over. */
function isForsaken(slot: number): boolean {
  return !hasParent(slot) && !isAlive(slot) && !hasEndingAncestor(slot);
}

/** Then it may still run, too. */
function hasEndingAncestor(slot: number): boolean {
  const { i32 } = programMemory();
  for (let child = slot; ; ) {
    const parentTag = i32[wordOf(child, 'parentTag')] ?? 0;
    child = slotOfTag(parentTag);
    if (parentTag === 0 || tagOf(child) !== parentTag) return false;
    if (Atomics.load(i32, wordOf(child, 'state')) === ENDED) return true;
  }
}

function hasParent(slot: number): boolean {
  const parent = programMemory().i32[wordOf(slot, 'parentTag')] ?? 0;
  return parent === 0 || isTagAlive(parent);
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
