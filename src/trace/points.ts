// What a process tells of what it does: one function for each kind of thing. Whoever calls one has looked
// before whether there is a trace, for that is all that it may cost without one.
//
// What lets others go on is told before they can, what was waited for is told after: so no getting stands
// before the putting that it waited for.
import { beginningOf } from '../host/shorten';
import { currentSlot, hasSlot, isOwnSlot } from '../memory/slots';
import { isTracing, openArea } from './area';
import { now } from './clock';
import { Measure } from './measure';
import { noteWait, Placed, placeOf } from './places';
import { noteOwnEnd, noteStart, processWord, rowOfSlot } from './processes';
import { type EventKind, eventKinds } from './record';
import { Ring } from './ring';
import type { Traced } from './traced';

/**
 * The first word of an event says what it is, whether its subject is a process, and from this bit on where.
 */
export const KIND_MASK = 0xff;
export const IS_PROCESS = 0x100;
export const PLACE_SHIFT = 9;
/** It stands in place of a kind: this entry has the text of the event before it. */
export const PIECE = 0xff;
const MOST_TEXT_BYTES = 100;

const code = Object.fromEntries(eventKinds.map((kind, index) => [kind, index])) as Record<EventKind, number>;
export const ACQUIRE = code.acquire;
const RELEASE = code.release;
const PUT = code.put;
const GET = code.get;

let ring: Ring | undefined;
const leaveOut = (events: number) => ring?.leaveOut(events);
/** One measure is of locks, with their releases; the other of everything else. */
const pairs = new Measure(2, leaveOut);
const others = new Measure(1, leaveOut);
/** What this thread acquired or got last, if it has not waited since. */
let lastTaken: Traced | undefined;

/** Whether an acquisition of a lock may be told; if not, its release is to be left out, too. */
export function mayTellLock(): boolean {
  return pairs.mayTell();
}

/** A lock is ours. Whether that could be told. */
export function acquiredWithRelease(traced: Traced): boolean {
  lastTaken = traced;
  return tell(ACQUIRE, traced, traced.taking, 0);
}

/** A permit is ours. */
export function acquired(traced: Traced): void {
  if (!others.mayTell()) return;
  lastTaken = traced;
  tell(ACQUIRE, traced, traced.taking, 0);
}

export function releasing(traced: Traced): void {
  tell(RELEASE, traced, traced.giving, 0);
}

/** `number`: which one of all messages, from 1. */
export function putting(traced: Traced, number: number): void {
  if (!others.mayTell()) return;
  tell(PUT, traced, traced.giving, number);
}

export function got(traced: Traced, number: number): void {
  if (!others.mayTell()) return;
  lastTaken = traced;
  tell(GET, traced, traced.taking, number);
}

export function waits(traced: Traced | undefined): void {
  rest();
  lastTaken = undefined;
  if (traced !== undefined) tell(code.wait, traced, traced.taking, 0);
  noteWait();
}

/** The wait for it is over; unless that was told by what was taken. */
export function woke(traced: Traced | undefined): void {
  if (traced !== undefined && traced !== lastTaken) tell(code.wake, traced, traced.taking, 0);
}

export function gaveUp(traced: Traced | undefined): void {
  if (traced !== undefined) tell(code['give-up'], traced, traced.taking, 0);
}

/** What others see at once: that an event is set. */
export function writes(traced: Traced, text: string): void {
  if (!traced.isHidden) tellText(code.write, traced.number, traced.giving, text);
}

const printing = new Placed();

export function prints(chunk: Buffer | string): void {
  if (!isTracing()) return;
  const beginning = typeof chunk === 'string' ? chunk : chunk.subarray(0, MOST_TEXT_BYTES).toString();
  tellText(code.print, 0, printing, beginningOf(beginning.replace(/\n$/, ''), MOST_TEXT_BYTES));
}

const sleeping = new Placed();

export function sleeps(ms: number): void {
  rest();
  tellText(code.sleep, 0, sleeping, String(ms));
}

export function slept(): void {
  const at = now();
  (ring ?? openOwn())?.write(code.wake | (placeOf(sleeping, at) << PLACE_SHIFT), 0, 0, at);
}

// Processes.

const starting = new Placed();
const joining = new Placed();

/** Now, for started(); 0 if the start is not to be told. */
export function startTime(): number {
  return isTracing() && mayTell() ? now() : 0;
}

/** `at`: what startTime() was before. */
export function started({ slot, pid }: { slot: number; pid: number }, at: number): void {
  openOwn();
  noteStart(slot, { pid, at, place: placeOf(starting, at) });
}

export function waitsForEnd(child: number): void {
  rest();
  tellProcess(code.wait, child);
}

export function joined(child: number): void {
  tellProcess(code.joined, child);
}

export function gaveUpJoin(child: number): void {
  tellProcess(code['give-up'], child);
}

export function endTelling(exitcode: number): void {
  pairs.settle();
  others.settle();
  if (mayTell()) noteOwnEnd(exitcode);
}

function tell(kind: number, traced: Traced, use: Placed, number: number): boolean {
  const own = ring ?? openOwn();
  if (own === undefined || traced.isHidden) return false;
  const at = now();
  own.write(kind | (placeOf(use, at) << PLACE_SHIFT), traced.number, number, at);
  return true;
}

function tellProcess(kind: number, tag: number): void {
  const at = now();
  (ring ?? openOwn())?.write(kind | IS_PROCESS | (placeOf(joining, at) << PLACE_SHIFT), tag, 0, at);
}

const encoder = new TextEncoder();
const bytes = new Uint8Array(MOST_TEXT_BYTES);

function tellText(kind: number, subject: number, use: Placed, text: string): void {
  const own = ring ?? openOwn();
  if (own === undefined) return;
  const at = now();
  const { written } = encoder.encodeInto(text, bytes);
  own.write(kind | (placeOf(use, at) << PLACE_SHIFT), subject, written, at);
  own.writePieces(PIECE, bytes.subarray(0, written));
}

function rest(): void {
  pairs.rest();
  others.rest();
}

/** The program's processes tell: not the library's own, nor a child that has no task yet. */
function mayTell(): boolean {
  return hasSlot() && !isOwnSlot(currentSlot());
}

function openOwn(): Ring | undefined {
  if (ring !== undefined || !mayTell()) return ring;
  const tables = openArea();
  const row = rowOfSlot(currentSlot());
  try {
    ring = new Ring(tables, row + processWord.ring);
  } catch {
    // There is no memory left; a program is not to fail because it is watched.
  }
  return ring;
}
