// Where in the program something was done. To look at the stack costs a hundred times as much as an event. So
// it is looked at the first times that a thing is used, and whenever there was time since the last event; in
// between, a thing is where it was used last in that way.
import { programMemory } from '../memory/memory';
import { CallSite, isOurFile } from '../system/call-site';
import { alone, areaWord, openArea, PLACE_ROWS, PLACE_WORDS, PLACES } from './area';
import { now } from './clock';
import { loadText, storeText } from './texts';

const NUMBER = 0;
const TEXT = 1;
const TEXT_BYTES = (PLACE_WORDS - TEXT - 1) * 4;
/** How many bits of an event say where; of more places the first are forgotten. */
const PLACE_BITS = 22;

const FIRST_LOOKS = 8;
const QUIET_MS = 0.05;
/** After a look, so many times as long as it took are without one. */
const PAUSES = 40;
/** Our own, which lie above the program's. */
const FRAMES = 12;

const TOLD = 0;
const NEXT_LOOK = 1;
/**
 * When something was told last, and when to look again. In an array: in variables each would be a new object.
 */
const times = new Float64Array(2);

/** One way of using a thing, and where it was used so last. */
export class Placed {
  place = 0;
  looksLeft = FIRST_LOOKS;
}

/** The number of the place from which the library was called; 0 if it is not known. `at`: now. */
export function placeOf(use: Placed, at: number): number {
  const isTime = at - (times[TOLD] as number) > QUIET_MS && at > (times[NEXT_LOOK] as number);
  times[TOLD] = at;
  if (use.looksLeft <= 0 && !isTime) return use.place;
  use.looksLeft--;
  const found = look();
  const after = now();
  // A look is no quiet time, although the first ones of a process take longer than one.
  times[TOLD] = after;
  times[NEXT_LOOK] = after + PAUSES * (after - at);
  // Where an event loop ends a wait, the place is where that wait began.
  if (found !== 0) use.place = found;
  return use.place;
}

/** The thread was busy until now, although it told nothing. */
export function noteTime(at: number): void {
  times[TOLD] = at;
}

/** A wait has been told: where it began is where it ends, and who then has a lock is not to look. */
export function noteWait(): void {
  times[TOLD] = Number.POSITIVE_INFINITY;
}

/** 'Cell 5, line 3' or 'file.ts:12'. */
export function placeText(tables: number, number: number): string | undefined {
  const { i32 } = programMemory();
  if (number === 0) return undefined;
  const row = rowOf(tables, number);
  const text = loadText(row + TEXT, TEXT_BYTES);
  return Atomics.load(i32, row + NUMBER) === number ? text : undefined;
}

type Prepare = NonNullable<typeof Error.prepareStackTrace>;

const { captureStackTrace } = Error;
const known = new Map<string, Map<number, number>>();
let holder: { stack?: unknown } = {};
let usual: Prepare | undefined;

// A cell that is interrupted here leaves it in its place. So it does for all others what is usual.
const prepare: Prepare = (error, sites) => {
  if (error === holder) return sites;
  return usual === undefined ? [String(error), ...sites].join('\n    at ') : usual(error, sites);
};

function look(): number {
  const site = ownSite();
  const file = site?.getFileName();
  if (!site || !file) return 0;
  const inFile = known.get(file) ?? new Map<number, number>();
  known.set(file, inFile);
  const position = site.getPosition();
  let number = inFile.get(position);
  if (number === undefined) {
    const text = textOfSite();
    number = text === undefined ? 0 : numberOf(text);
    inFile.set(position, number);
  }
  return number;
}

/** The program's own innermost frame. */
function ownSite(): NodeJS.CallSite | undefined {
  const { stackTraceLimit } = Error;
  if (Error.prepareStackTrace !== prepare) usual = Error.prepareStackTrace;
  try {
    holder = {};
    Error.stackTraceLimit = FRAMES;
    Error.prepareStackTrace = prepare;
    captureStackTrace(holder, placeOf);
    const sites = holder.stack;
    if (!Array.isArray(sites)) return undefined;
    for (const site of sites as NodeJS.CallSite[]) {
      const file = site.getFileName();
      if (file && !file.startsWith('node:') && !isOurFile(file)) return site;
    }
    return undefined;
  } catch {
    // The program has made Error its own.
    return undefined;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    (Error as { prepareStackTrace?: Prepare | undefined }).prepareStackTrace = usual;
  }
}

/** Returns the place in the words of the source, not of what was made of it. */
function textOfSite(): string | undefined {
  const { stackTraceLimit } = Error;
  try {
    Error.stackTraceLimit = FRAMES;
    const text = new CallSite(placeOf).toString();
    return text?.startsWith('Cell ') ? text : text?.replace(/, line (\d+)$/, ':$1');
  } catch {
    // What the program has put in place of prepareStackTrace() throws.
    return undefined;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Returns the number of a text, which is the same in every process. */
function numberOf(text: string): number {
  const { i32 } = programMemory();
  const tables = openArea();
  return alone(() => {
    const latest = Atomics.load(i32, tables + areaWord.places);
    for (let number = latest; number > Math.max(0, latest - PLACE_ROWS); number--) {
      if (placeText(tables, number) === text) return number;
    }
    const number = (latest + 1) % 2 ** PLACE_BITS || 1;
    const row = rowOf(tables, number);
    Atomics.store(i32, row + NUMBER, 0);
    storeText(row + TEXT, text, TEXT_BYTES);
    Atomics.store(i32, row + NUMBER, number);
    Atomics.store(i32, tables + areaWord.places, number);
    return number;
  });
}

function rowOf(tables: number, number: number): number {
  return tables + PLACES + (number % PLACE_ROWS) * PLACE_WORDS;
}
