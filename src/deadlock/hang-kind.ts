// Which kind of hang a standstill is, and the circle in it. Pure.

import type { Hang, HangKind, HangWait, Standstill } from './hang';
import { isIdle } from './idle';
import { alternatives, isWaitForAny } from './wait-for-any';

/** Returns the hang of a standstill that no process of the program can end. */
export function hangOf(standstill: Standstill): Hang {
  const most = mostTelling(standstill);
  const owners = inOrder(standstill, circleOf(standstill, most));
  const told = owners[0] ?? most;
  const kind = kindOf(standstill, told, owners);
  const circle = kind === 'join-before-draining' ? [told, ...joinsOf(standstill, told).slice(0, 1)] : owners;
  return { ...standstill, kind, told, circle };
}

/** From the same wait on, whoever is told: one for an object, of the process whose name comes first. */
function inOrder({ waits, processes }: Standstill, circle: readonly number[]): number[] {
  const isForEnd = (index: number) => Number(!isForObject(waits[index]));
  const nameOf = (index: number) => processes[waits[index]?.process ?? -1]?.name ?? '';
  const [first] = circle.toSorted(
    (a, b) =>
      isForEnd(a) - isForEnd(b) || nameOf(a).localeCompare(nameOf(b), 'en', { numeric: true }) || a - b,
  );
  const at = circle.indexOf(first ?? 0);
  return [...circle.slice(at), ...circle.slice(0, at)];
}

/**
 * Returns the wait that the sentences are about, which are the same whichever process is told. A circle says
 * more than what hangs on it; what no process brings says more than a join, which comes after it; and a
 * process that keeps a lock while it waits for that has made the mistake.
 */
function mostTelling(standstill: Standstill): number {
  const { waits } = standstill;
  const all = concerned(standstill);
  const inCircle = all.find((index) => circleOf(standstill, index).length > 0);
  if (inCircle !== undefined) return inCircle;
  const own = all.filter((index) => isOfProgram(waits[index]));
  const bare = own.filter((index) => isRoot(standstill, waits[index]));
  const free = bare.filter((index) => !isAlsoForAnEnd(standstill, waits[index]));
  const roots = free.length > 0 ? free : bare;
  const joined = roots.find((index) => isPut(waits[index]) && joinsOf(standstill, index).length > 0);
  const kept = own.find((index) => isKeptFrom(standstill, waits[index], roots));
  // A process without work waits because of the others.
  const root = roots.find((index) => !isIdle(waits[index]?.what ?? '')) ?? roots[0];
  return joined ?? kept ?? root ?? own.find((index) => isForObject(waits[index])) ?? all[0] ?? 0;
}

/**
 * Returns the waits that have to do with the one that is told: what it waits for, and what waits for a lock
 * that it keeps. What hangs beside it, for reasons of its own, is left out. Where no process is told, these
 * are all waits.
 */
function concerned(standstill: Standstill): number[] {
  const { waits, told } = standstill;
  if (told === undefined) return [...waits.keys()];
  const found = new Set([told]);
  for (const index of found) {
    const wait = waits[index];
    if (wait === undefined) continue;
    for (const other of alternatives(standstill, wait)) found.add(waits.indexOf(other));
    const owners = ownersOf(standstill, wait);
    for (const [index, other] of waits.entries()) {
      const isForItsLock = isForObject(other) && ownersOf(standstill, other).includes(wait.process);
      if (isForItsLock || owners.includes(other.process)) found.add(index);
    }
  }
  return [...found];
}

/** Whether it is not one of the library's own, such as that of an idle worker of a pool. */
function isOfProgram(wait: HangWait | undefined): boolean {
  return wait !== undefined && wait.what !== '';
}

function isForObject(wait: HangWait | undefined): boolean {
  return wait !== undefined && 'object' in wait.for;
}

/** Whether no process has it for which another could wait. */
function isRoot(standstill: Standstill, wait: HangWait | undefined): boolean {
  return wait !== undefined && 'object' in wait.for && !isHeld(standstill, wait.for.object);
}

/** Which the end of a process would end as well: like a join, it comes after what that process waits for. */
function isAlsoForAnEnd(standstill: Standstill, wait: HangWait | undefined): boolean {
  return wait !== undefined && alternatives(standstill, wait).some(({ for: subject }) => 'end' in subject);
}

/** Whether it waits for a lock whose holder waits for what no process has. */
function isKeptFrom(standstill: Standstill, wait: HangWait | undefined, roots: readonly number[]): boolean {
  if (wait === undefined) return false;
  return ownersOf(standstill, wait).some(
    (owner) => isForObject(wait) && roots.some((root) => standstill.waits[root]?.process === owner),
  );
}

/** The shortest way from owner to owner that begins and ends with that wait; empty if there is none. */
function circleOf(standstill: Standstill, first: number): number[] {
  const { waits } = standstill;
  const start = waits[first];
  if (start === undefined) return [];
  const ways = ownersOf(standstill, start).map((owner) => ({ owner, way: [first] }));
  const seen = new Set<number>();
  for (const { owner, way } of ways) {
    if (owner === start.process) return way;
    if (seen.has(owner)) continue;
    seen.add(owner);
    for (const [index, wait] of waits.entries()) {
      if (wait.process !== owner) continue;
      for (const next of ownersOf(standstill, wait)) ways.push({ owner: next, way: [...way, index] });
    }
  }
  return [];
}

function ownersOf({ holds, objects }: Standstill, { for: subject }: HangWait): number[] {
  if ('end' in subject) return [subject.end];
  if (!isLock(objects[subject.object]?.kind)) return [];
  return holds.filter(({ object }) => object === subject.object).map(({ process }) => process);
}

function isLock(kind: string | undefined): boolean {
  return kind === 'Lock' || kind === 'RLock';
}

function isHeld({ holds, objects }: Standstill, object: number): boolean {
  return isLock(objects[object]?.kind) && holds.some((hold) => hold.object === object);
}

function isPut(wait: HangWait | undefined): boolean {
  return wait !== undefined && /\.put(Sync)?\(\)$/.test(wait.what);
}

/** The waits for the end of the process that waits there. */
function joinsOf({ waits }: Standstill, told: number): number[] {
  return waits.flatMap(({ for: subject, process }, index) =>
    'end' in subject && subject.end === waits[told]?.process && process !== subject.end ? index : [],
  );
}

function kindOf(standstill: Standstill, told: number, circle: readonly number[]): HangKind {
  if (circle.length > 0) return kindOfCircle(standstill, told, circle);
  const wait = standstill.waits[told];
  if (wait === undefined || 'end' in wait.for) return 'other';
  if (isHeld(standstill, wait.for.object)) return 'forgetful-owner';
  return kindOfLack(standstill, told, wait, standstill.objects[wait.for.object]?.kind);
}

function kindOfCircle(standstill: Standstill, told: number, circle: readonly number[]): HangKind {
  const joins = circle.filter((index) => !isForObject(standstill.waits[index])).length;
  if (joins === circle.length) return 'circular-join';
  if (joins > 0) return 'join-while-holding';
  return circle.length === 1 && !isOfTasks(standstill, told) ? 'double-acquire' : 'circular-wait';
}

/** The kind of a wait for what no process brings, by its method and the `kind` of its object. */
function kindOfLack(
  standstill: Standstill,
  told: number,
  wait: HangWait,
  kind: string | undefined,
): HangKind {
  const method = /\.(\w+?)(Sync)?\(\)$/.exec(wait.what)?.[1] ?? '';
  if (method === 'put')
    return joinsOf(standstill, told).length > 0 ? 'join-before-draining' : 'unanswered-put';
  if (method === 'join') return 'missing-task-done';
  if (method.startsWith('send'))
    return joinsOf(standstill, told).length > 0 ? 'join-before-draining' : 'unanswered-send';
  if (method.startsWith('recv') || method === 'poll') return 'unanswered-recv';
  if (method === 'get') return 'unanswered-get';
  // wait() takes nothing, but it is the same that is missing.
  if (isWaitForAny(wait.what)) return isForMessages(standstill, wait) ? 'unanswered-recv' : 'unanswered-get';
  switch (kind) {
    case 'Event':
      return 'unset-event';
    case 'Condition':
      return 'missing-notify';
    case 'Semaphore':
    case 'BoundedSemaphore':
      return 'no-permit-left';
    case 'Barrier':
      return 'barrier-not-reached';
    default:
      return 'other';
  }
}

/** Whether a wait() for any of several is for pipes alone. */
function isForMessages(standstill: Standstill, wait: HangWait): boolean {
  return alternatives(standstill, wait).every(
    ({ for: subject }) => 'end' in subject || standstill.objects[subject.object]?.kind === 'Pipe',
  );
}

/** Whether tasks of one process wait for each other: an RLock's owner is a task, and waits are of several. */
function isOfTasks({ waits, objects, holds }: Standstill, told: number): boolean {
  const wait = waits[told];
  if (wait === undefined || 'end' in wait.for) return false;
  if (objects[wait.for.object]?.kind === 'RLock') return true;
  const awaited = new Set<number>();
  for (const { process, for: subject } of waits) {
    if (process !== wait.process || 'end' in subject) continue;
    if (holds.some((hold) => hold.process === process && hold.object === subject.object)) {
      awaited.add(subject.object);
    }
  }
  return awaited.size > 1;
}
