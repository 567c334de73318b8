// The line of the program from which the library was called. It is cheap to keep: the words are made only
// when they are asked for.
import { basename, dirname, sep } from 'node:path';
import { placeOfFrame } from './frame-place';

// Our own files, compiled and, behind source maps, as they were written.
const OUR_PACKAGE = dirname(dirname(__dirname)) + sep;

/** Between a wait and the program's own line may lie more of our own than V8 keeps of a stack. */
const DEEP = 40;

export class CallSite {
  readonly stack!: string;

  /** What `above` called is not looked at. */
  constructor(above?: (...args: never[]) => unknown) {
    Error.captureStackTrace(this, above);
  }

  /** Where time is no matter: the line is found behind any number of our own, as in RLock.with(). */
  static ofWait(): CallSite {
    const { stackTraceLimit } = Error;
    try {
      Error.stackTraceLimit = DEEP;
      return new CallSite();
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  }

  /** 'Cell 3, line 4' or 'forks.ts, line 4'; undefined if the program's own lines are too far away. */
  toString(): string | undefined {
    const { prepareStackTrace } = Error;
    try {
      Error.prepareStackTrace = (error, sites) => wordsFor(error, sites.filter(isOutside), prepareStackTrace);
      return placeIn(String(this.stack));
    } finally {
      // To code that looks, not there is not the same as undefined.
      if (prepareStackTrace === undefined) Reflect.deleteProperty(Error, 'prepareStackTrace');
      else Error.prepareStackTrace = prepareStackTrace;
    }
  }
}

/** To follow source maps would read those of our own files, which takes far longer than all else. */
function isOutside(site: NodeJS.CallSite): boolean {
  const file = site.getFileName();
  return file === null || file === undefined || !(file.startsWith('node:') || isOurFile(file));
}

function wordsFor(error: Error, sites: NodeJS.CallSite[], prepare: typeof Error.prepareStackTrace): unknown {
  return prepare?.(error, sites) ?? ['', ...sites.map(String)].join('\n    at ');
}

/** Finds the place in any stack. */
export function placeIn(stack: string): string | undefined {
  for (const line of stack.split('\n')) {
    const place = /^\s*at /.test(line) ? placeOfFrame(line) : undefined;
    const file = place?.file.replace(/^file:\/\//, '');
    if (!file || file.startsWith('node:') || isOurFile(file)) continue;
    return `${basename(file)}, line ${place?.line}`;
  }
  return undefined;
}

export function isOurFile(file: string): boolean {
  return file.startsWith(OUR_PACKAGE);
}

// The places where this thread took what it has, as far as they are known. A stack holds on to the objects
// whose methods are on it, so only the thing itself may keep the place: otherwise none of them would ever be
// collected.
const taken = new Map<number, WeakRef<object>>();
const places = new WeakMap<object, CallSite>();

export function noteTaken(thing: object, offset: number, site = new CallSite()): void {
  places.set(thing, site);
  taken.set(offset, new WeakRef(thing));
}

export function forgetTaken(offset: number): void {
  taken.delete(offset);
}

export function placeTakenHere(offset: number): string | undefined {
  const thing = taken.get(offset)?.deref();
  return thing && places.get(thing)?.toString();
}

export function placesTaken(): { offset: number; where: string }[] {
  return [...taken.keys()].flatMap((offset) => {
    const where = placeTakenHere(offset);
    return where === undefined ? [] : [{ offset, where }];
  });
}
