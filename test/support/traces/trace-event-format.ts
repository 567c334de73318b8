// What the Trace Event Format asks of a file, as its description says: what is wrong with one, in words.
// https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU

type Event = { readonly [key: string]: unknown };

const isObject = (value: unknown): value is Event =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isTime = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value) && value >= 0;
const isId = (value: unknown): boolean => Number.isSafeInteger(value);

/** By phase, what an event needs beside a name, a time, a process and a thread. */
const phases: { readonly [ph: string]: (event: Event, args: Event) => boolean } = {
  X: ({ dur }) => isTime(dur),
  M: ({ name }, args) => {
    if (name === 'process_name' || name === 'thread_name') return typeof args.name === 'string';
    return (name === 'process_sort_index' || name === 'thread_sort_index') && isId(args.sort_index);
  },
  C: (_, args) =>
    Object.keys(args).length > 0 && Object.values(args).every((value) => Number.isFinite(value)),
  i: ({ s }) => s === undefined || s === 'g' || s === 'p' || s === 't',
  s: ({ id, cat }) => id !== undefined && typeof cat === 'string',
  f: ({ id, cat, bp }) => id !== undefined && typeof cat === 'string' && (bp === undefined || bp === 'e'),
};

/** Of the file as a reader gets it, which is text. */
export function faultsOf(json: string): string[] {
  const file: unknown = JSON.parse(json);
  if (!isObject(file) || !Array.isArray(file.traceEvents)) return ['there is no list traceEvents'];
  const unit = file.displayTimeUnit;
  const faults = unit === 'ms' || unit === 'ns' ? [] : [`displayTimeUnit is ${unit}`];
  const events = file.traceEvents as Event[];
  for (const event of events) {
    const { name, ph, ts, pid, tid, args = {} } = event;
    const isSound =
      typeof name === 'string' && isTime(ts) && isId(pid) && isId(tid) && typeof ph === 'string';
    const isWhole = isSound && isObject(args) && phases[ph]?.(event, args) === true;
    if (!isWhole) faults.push(`not an event: ${JSON.stringify(event)}`);
  }
  return [...faults, ...arrowFaults(events)];
}

/** Both ends, in the order of time, each in a slice: what reads the file draws no other arrow. */
function arrowFaults(events: readonly Event[]): string[] {
  const slices = events.filter(({ ph }) => ph === 'X');
  const isInSlice = ({ ts, pid, tid }: Event): boolean =>
    slices.some(
      (slice) =>
        slice.pid === pid &&
        slice.tid === tid &&
        Number(slice.ts) <= Number(ts) &&
        Number(ts) <= Number(slice.ts) + Number(slice.dur),
    );
  const keyOf = ({ cat, id, name }: Event): string => `${cat}/${id}/${name}`;
  const ends = new Map(events.filter(({ ph }) => ph === 'f').map((end) => [keyOf(end), end]));
  const begins = events.filter(({ ph }) => ph === 's');
  const lonely = ends.size === begins.length ? [] : ['arrows have one end'];
  return begins.reduce<string[]>((faults, begin) => {
    const end = ends.get(keyOf(begin));
    if (end === undefined || Number(end.ts) < Number(begin.ts) || !isInSlice(begin) || !isInSlice(end)) {
      faults.push(`an arrow that nobody sees: ${JSON.stringify(begin)} → ${JSON.stringify(end)}`);
    }
    return faults;
  }, lonely);
}
