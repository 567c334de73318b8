// What the reports of those who wait say, put together as a standstill: names and lines in place of numbers
// in shared memory.

import { programMemory } from '../memory/memory';
import { whoIs } from '../memory/slots';
import { nameOfObject } from '../objects/references';
import type { Subject } from '../objects/subject';
import type { Deadlock } from './deadlock';
import type { HangHold, HangObject, HangProcess, HangWait, Standstill } from './hang';
import { RESULTS, WORK } from './pool-words';
import type { Report } from './reports';

/**
 * Returns the standstill of a deadlock. A process that has ended has no part in it: what it had is not known.
 */
export function standstillOfDeadlock(deadlock: Deadlock, reports: ReadonlyMap<number, Report>): Standstill {
  const { circle, members, thread, id } = deadlock;
  const made = new Making(reports);
  for (const member of [thread, ...circle.map((step) => step.thread), ...members]) {
    if (!isWithoutWork(reports.get(member))) made.addProcess(member);
  }
  for (const member of made.eachTag()) made.addWaits(member);
  const told = made.placeOf(thread, id);
  return { ...made.standstill(), told };
}

/** An idle worker of a pool has nothing to do with it. */
function isWithoutWork(report: Report | undefined): boolean {
  const isForWork = ({ isBackground, subject }: Report['waits'][number]) =>
    isBackground && subject.type === 'object' && nameOfObject(subject.offset, subject.kind) === WORK;
  return report !== undefined && report.waits.length > 0 && report.waits.every(isForWork);
}

/** Puts a standstill together: whoever is mentioned gets a place. */
export class Making {
  readonly #reports: ReadonlyMap<number, Report>;
  readonly #processes: HangProcess[] = [];
  readonly #objects: HangObject[] = [];
  readonly #waits: HangWait[] = [];
  readonly #holds: HangHold[] = [];
  readonly #processOf = new Map<number, number>();
  readonly #objectOf = new Map<number, number>();
  readonly #placeOf = new Map<string, number>();

  constructor(reports: ReadonlyMap<number, Report>) {
    this.#reports = reports;
  }

  /** Gives the tags, also those that are added while one walks through them. */
  eachTag(): Iterable<number> {
    return this.#processOf.keys();
  }

  /** Returns the place of that wait of that thread. */
  placeOf(tag: number, id: number): number {
    return this.#placeOf.get(`${tag} ${id}`) ?? 0;
  }

  addProcess(tag: number, name = whoIs(tag).name): number {
    const known = this.#processOf.get(tag);
    if (known !== undefined) return known;
    this.#processOf.set(tag, this.#processes.length);
    return this.#processes.push({ name, state: this.#reports.has(tag) ? 'waits' : 'runs' }) - 1;
  }

  addWaits(tag: number): void {
    const waits = this.#reports.get(tag)?.waits ?? [];
    // A wait that no code awaits is there only so that the thread ends after it, or for a conversation of the
    // library's own.
    const seen = waits.filter(({ isBackground, where }) => !isBackground || where !== undefined);
    for (const { id, what, subject, where } of seen.length > 0 ? seen : waits) {
      const process = this.addProcess(tag);
      const awaited =
        subject.type === 'end'
          ? { end: this.addProcess(subject.child) }
          : { object: subject.type === 'work' ? this.#addResults() : this.#addObject(subject) };
      this.#placeOf.set(`${tag} ${id}`, this.#waits.push({ process, what, for: awaited, where }) - 1);
    }
  }

  standstill(): Standstill {
    return {
      processes: this.#processes,
      objects: this.#objects,
      waits: this.#waits,
      holds: this.#holds,
    };
  }

  #addResults(): number {
    const known = this.#objects.findIndex(({ name }) => name === RESULTS);
    return known >= 0 ? known : this.#objects.push({ kind: 'Pool', name: RESULTS }) - 1;
  }

  #addObject({ offset, kind, owned, parties }: Extract<Subject, { type: 'object' }>): number {
    const known = this.#objectOf.get(offset);
    if (known !== undefined) return known;
    const object =
      this.#objects.push({
        kind,
        name: nameOfObject(offset, kind),
        ...(parties !== undefined && { parties }),
      }) - 1;
    this.#objectOf.set(offset, object);
    const owner = owned === undefined ? 0 : Atomics.load(programMemory().i32, owned.at);
    if (owner === 0) return object;
    const where = this.#reports.get(owner)?.taken.find((each) => each.offset === offset)?.where;
    this.#holds.push({ process: this.addProcess(owner), object, where });
    return object;
  }
}
