// What a thread that does nothing but wait says about itself in its slot, for those who look for a deadlock.
// A report counts only while its thread tries nothing: an odd number stands beside it then, and grows
// whenever the thread looks again.

import { programMemory } from '../memory/memory';
import { currentSlot, isTagAlive, ownerTag, slotOfTag, tagOf, wordOf } from '../memory/slots';
import type { Subject } from '../objects/subject';
import { placesTaken } from '../system/call-site';

export interface WaitReport {
  readonly id: number;
  /** 'Lock.acquire()' */
  readonly what: string;
  readonly subject: Subject;
  /** When the wait began, on the clock that all processes share. */
  readonly sinceMs: number;
  readonly where?: string | undefined;
  readonly isBackground: boolean;
}

export interface Report {
  readonly waits: readonly WaitReport[];
  /** Whether the thread stands still, so that nothing but the one wait can let it go on. */
  readonly isBlocking: boolean;
  /** Where it took what it has, as far as that is known. */
  readonly taken: readonly { readonly offset: number; readonly where: string }[];
}

export interface ReadReport extends Report {
  readonly tag: number;
  /**
   * The number of this thread's reports. While it is the same, no code of the program has run in that thread.
   */
  readonly edition: number;
  readonly sequence: number;
}

const LENGTH_BYTES = 4;
const SMALLEST_ROOM = 1024;
let isValid = false;
let editions = 0;

export function publish(report: Report): void {
  withdraw();
  const { i32, u8, allocate, free, hand } = programMemory();
  const slot = currentSlot();
  const bytes = Buffer.from(JSON.stringify({ ...report, tag: ownerTag(), edition: ++editions }));
  const room = i32[wordOf(slot, 'reportRoom')] ?? 0;
  const needed = LENGTH_BYTES + bytes.length;
  if (room < needed) {
    const former = i32[wordOf(slot, 'report')] ?? 0;
    // First forgotten, then freed: whoever has the slot after us takes the room that it finds.
    i32[wordOf(slot, 'reportRoom')] = 0;
    i32[wordOf(slot, 'report')] = 0;
    if (room > 0) free(former);
    const larger = Math.max(SMALLEST_ROOM, needed);
    const offset = allocate(larger);
    hand.release();
    i32[wordOf(slot, 'report')] = offset;
    i32[wordOf(slot, 'reportRoom')] = larger;
  }
  const at = i32[wordOf(slot, 'report')] ?? 0;
  i32[at / 4] = bytes.length;
  u8.set(bytes, at + LENGTH_BYTES);
  validate();
}

/** The thread has looked, and what it waits for has not come. */
export function validate(): void {
  if (isValid) return;
  isValid = true;
  Atomics.add(programMemory().i32, wordOf(currentSlot(), 'reportSequence'), 1);
}

/** Is to be called before the thread looks again, or goes on. Returns true if the report was valid. */
export function withdraw(): boolean {
  if (!isValid) return false;
  isValid = false;
  Atomics.add(programMemory().i32, wordOf(currentSlot(), 'reportSequence'), 1);
  return true;
}

export function readReport(tag: number): ReadReport | undefined {
  if (!isTagAlive(tag)) return undefined;
  const sequence = sequenceOf(tag);
  if (!isOdd(sequence)) return undefined;
  const text = textIn(slotOfTag(tag));
  if (text === undefined || sequenceOf(tag) !== sequence) return undefined;
  const report = JSON.parse(text) as Omit<ReadReport, 'sequence'>;
  return report.tag === tag ? { ...report, sequence } : undefined;
}

/**
 * Leaves to those who come after where this thread took what it may still have. Is to be called when it
 * exits.
 */
export function leaveWords(): void {
  const taken = placesTaken();
  if (taken.length === 0) return;
  publish({ waits: [], isBlocking: false, taken });
  withdraw();
}

/** Where that thread took the object, as far as it said so, in a report or at its end. */
export function placeTakenBy(tag: number, offset: number): string | undefined {
  const report = tagOf(slotOfTag(tag)) === tag ? lastOf(tag) : undefined;
  return report?.taken.find((each) => each.offset === offset)?.where;
}

/** Takes back the report of a dead thread: nothing is written there any more until its slot is claimed. */
function lastOf(tag: number): Report | undefined {
  try {
    const report = JSON.parse(textIn(slotOfTag(tag)) ?? '{}') as Partial<ReadReport>;
    return report.tag === tag ? (report as ReadReport) : undefined;
  } catch {
    // It was killed while it wrote.
    return undefined;
  }
}

/** What stands in the slot for a report: anything, if its thread writes just now or was killed at it. */
function textIn(slot: number): string | undefined {
  const { i32, u8 } = programMemory();
  const from = i32[wordOf(slot, 'report')] ?? 0;
  const length = i32[from / 4] ?? 0;
  if (from === 0 || length < 0 || length > (i32[wordOf(slot, 'reportRoom')] ?? 0)) return undefined;
  return Buffer.from(u8.slice(from + LENGTH_BYTES, from + LENGTH_BYTES + length)).toString();
}

export function sequenceOf(tag: number): number {
  return Atomics.load(programMemory().i32, wordOf(slotOfTag(tag), 'reportSequence'));
}

function isOdd(sequence: number): boolean {
  return (sequence & 1) === 1;
}
