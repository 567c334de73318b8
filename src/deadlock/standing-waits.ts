// The waits of this thread that last: what it says of them to the others, and the error that ends one when no
// process is left that could. docs/decisions/deadlock.md says when that is certain.

import { whoIs } from '../memory/slots';
import type { Subject } from '../objects/subject';
import { CallSite, placesTaken } from '../system/call-site';
import { watchLoop } from '../system/loop-end';
import { clearImmediate, performance, setImmediate } from '../system/timers';
import type { DeadlockError } from './deadlock-error';
import { DeadlockSearch } from './deadlock-search';
import { type LastingWait, tellBegan, tellEnded } from './lasting-waits';
import { publish, type Report, validate, type WaitReport, withdraw } from './reports';

/** The part of a wait's description that matters here. */
export interface Described {
  readonly what: string;
  /** Without it, it is unknown which process might end the wait, so the thread counts as going on. */
  readonly subject?: Subject | undefined;
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly inBackground?: boolean | undefined;
  /** One of the waits of a wait() for any of several things: its signal tells it that another is over. */
  readonly isOneOfSeveral?: boolean | undefined;
}

// A blocking wait shorter than this is not reported.
const PUBLISH_AFTER_MS = 40;
const SEARCH_EVERY_MS = 90;

let lastId = 0;
const search = new DeadlockSearch();
let searchAt = 0;

// It is taken at the start: a program may replace it, as fake timers do.
const { bigint: hrtime } = process.hrtime;

/** This machine's clock, which all its processes share. */
function nowMs(): number {
  return Number(hrtime()) / 1e6;
}

/** Returns undefined for a wait that may end by itself. */
function reportOf(waiting: Described, lastedMs = 0): Omit<WaitReport, 'where'> | undefined {
  const { subject, inBackground = false, isOneOfSeveral = false } = waiting;
  if (subject === undefined || waiting.timeoutMs !== undefined) return undefined;
  if (waiting.signal !== undefined && !inBackground && !isOneOfSeveral) return undefined;
  // No method of the program's is behind one in the background.
  const what = inBackground ? '' : waiting.what;
  return { id: ++lastId, what, subject, sinceMs: nowMs() - lastedMs, isBackground: inBackground };
}

// Waits that block the thread.

export class BlockingWait {
  readonly #waits: readonly Described[];
  readonly #began = performance.now();
  #guard: NodeJS.Immediate | undefined;

  /** The end of any of `waits` lets the thread go on. */
  constructor(...waits: readonly Described[]) {
    this.#waits = waits;
  }

  /** Is called before the thread looks whether its wait is over. */
  looks(): void {
    if (this.#guard !== undefined) withdraw();
  }

  /**
   * The wait is not over, and the thread goes to sleep. Throws a DeadlockError if no process could end it.
   */
  sleeps(): void {
    const lastedMs = performance.now() - this.#began;
    if (lastedMs < PUBLISH_AFTER_MS) return;
    if (this.#guard !== undefined) validate();
    else {
      const reports = this.#waits.map((waiting) => reportOf(waiting, lastedMs));
      const known = reports.filter((report) => report !== undefined);
      if (known.length < reports.length) return;
      programGoesOn();
      const where = CallSite.ofWait().toString();
      publish(
        reportOn(
          known.map((report) => ({ ...report, where })),
          true,
        ),
      );
      // A wait that is cut off runs no `finally`. The loop cannot turn while it lasts.
      this.#guard = setImmediate(withdraw);
    }
    const found = searchNowAndThen();
    if (found !== undefined) throw found.error;
  }

  ends(): void {
    if (this.#guard === undefined) return;
    clearImmediate(this.#guard);
    withdraw();
  }
}

// Waits that are awaited. They count when the event loop has nothing else to do.

const uncertain = {};
const awaited = new Map<object, AwaitedWait | typeof uncertain>();

interface AwaitedWait extends LastingWait {
  reject(error: DeadlockError): void;
}

/** Notes that an awaited wait lasts, `wait` being its key for endAwaited(); `reject` ends it by an error. */
export function beginAwaited(wait: object, waiting: Described, reject: (error: DeadlockError) => void): void {
  programGoesOn();
  const report = reportOf(waiting);
  if (report === undefined) awaited.set(wait, uncertain);
  else {
    const begun = { report, site: report.isBackground ? undefined : CallSite.ofWait(), reject };
    awaited.set(wait, begun);
    if (!report.isBackground) tellBegan(begun);
  }
}

/**
 * Begins a wait for what other waits of this thread bring, which stand for it: it gets no error, but a host
 * may tell of it.
 */
export function beginDependent(wait: object, subject: Subject): void {
  programGoesOn();
  const report = { id: ++lastId, what: '', subject, sinceMs: nowMs(), isBackground: true };
  const begun = { report, site: CallSite.ofWait(), reject: () => {} };
  awaited.set(wait, begun);
  tellBegan(begun);
}

/**
 * Does what beginAwaited() does, for what may end by itself in a way that the event loop does not count:
 * AbortSignal.timeout().
 */
export function beginUncertain(wait: object): void {
  programGoesOn();
  awaited.set(wait, uncertain);
}

/** Ends an awaited wait: the code that awaited goes on. */
export function endAwaited(wait: object): void {
  const ended = awaited.get(wait);
  if (ended === undefined) return;
  awaited.delete(wait);
  programGoesOn();
  if (isCertain(ended) && ended.site !== undefined) tellEnded(ended);
}

/** Whether one of the waits that this thread awaits may end by itself. */
export function hasUncertainWaits(): boolean {
  return [...awaited.values()].some((wait) => !isCertain(wait));
}

interface ChildsEnd {
  report: LastingWait['report'];
  site: CallSite | undefined;
}

/** The children whose end this thread waits for, be it only in order to end after them. */
const children = new Map<object, ChildsEnd>();

export function beginChild(child: object, tag: number): void {
  const subject = { type: 'end', child: tag } as const;
  const what = `${whoIs(tag).name}.join()`;
  const report = { id: ++lastId, what, subject, sinceMs: nowMs(), isBackground: true };
  children.set(child, { report, site: undefined });
  programGoesOn();
}

export function endChild(child: object): void {
  endJoin(child);
  if (children.delete(child)) programGoesOn();
}

/** A join of the child begins, without a time limit: in the method `what`, as sentences call it. */
export function beginJoin(child: object, what: string): void {
  const end = children.get(child);
  if (end === undefined || end.site !== undefined) return;
  end.site = CallSite.ofWait();
  end.report = { ...end.report, what };
  programGoesOn();
  tellBegan(end);
}

/** The last join is over. */
export function endJoin(child: object): void {
  const end = children.get(child);
  if (end?.site === undefined) return;
  end.site = undefined;
  programGoesOn();
  tellEnded(end);
}

let isStuck = false;

watchLoop(
  () => {
    const waits: WaitReport[] = [...children.values()].map(withPlace);
    for (const wait of awaited.values()) {
      if (!isCertain(wait)) return programGoesOn();
      waits.push(withPlace(wait));
    }
    // What others go by is how often this thread looks at what it awaits; with nothing to look at, how often
    // it is asked.
    if (awaited.size === 0) whileLooking(() => {});
    if (!isStuck) publish(reportOn(waits, false));
    isStuck = true;
    if (awaited.size === 0) return;
    const found = searchNowAndThen();
    for (const wait of found === undefined ? [] : [...awaited.values()]) {
      if (isCertain(wait) && wait.report.id === found?.id) wait.reject(found.error);
    }
  },
  () => programGoesOn(),
);

/** Code of the program runs, or may do so, for a reason that is no wait's end. */
export function programGoesOn(): void {
  if (!isStuck) return;
  isStuck = false;
  withdraw();
}

/** Looks at what this thread awaits. */
export function whileLooking(look: () => void): void {
  const wasValid = isStuck && withdraw();
  look();
  if (wasValid && isStuck) validate();
}

function withPlace({ report, site }: LastingWait): WaitReport {
  return { ...report, where: site?.toString() };
}

function isCertain(wait: AwaitedWait | typeof uncertain): wait is AwaitedWait {
  return wait !== uncertain;
}

function reportOn(waits: WaitReport[], isBlocking: boolean): Report {
  return { waits, isBlocking, taken: placesTaken() };
}

function searchNowAndThen(): { id: number; error: DeadlockError } | undefined {
  const now = performance.now();
  if (now < searchAt) return undefined;
  searchAt = now + SEARCH_EVERY_MS;
  return search.find();
}
