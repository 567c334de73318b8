// Times, states and numbers in words, the same in the picture and in the text. Pure.

import type { TracedObject, TracedProcess } from '../trace/record';
import type { Mark } from './lanes';
import { legible } from './svg';

/** '0.4 ms', '12 ms', '1.25 s', 'step 3'. `apart`: milliseconds to the next one, to be told apart. */
export function momentOf(at: number, clock: 'ms' | 'steps', apart = Number.POSITIVE_INFINITY): string {
  if (clock === 'steps') return `step ${round(at, 0)}`;
  const needed = (unitMs: number) => Math.max(0, Math.ceil(-Math.log10(apart / unitMs)));
  const size = Math.abs(at);
  if (size >= 1000) return `${round(at / 1000, Math.max(size >= 10_000 ? 1 : 2, needed(1000)))} s`;
  return `${round(at, Math.max(size >= 100 ? 0 : size >= 10 ? 1 : 2, needed(1)))} ms`;
}

/** '12 ms', '3 steps'. */
export function durationOf(length: number, clock: 'ms' | 'steps'): string {
  return clock === 'steps' ? counted(Math.round(length), 'step') : momentOf(length, clock);
}

function round(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}

/** '1 process', '1,200 processes'. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? noun : plural}`;
}

/** '7.2 MiB', '512 KiB'. */
export function sizeOf(bytes: number): string {
  const mebibytes = bytes / 2 ** 20;
  return mebibytes < 1
    ? `${Math.round(bytes / 1024)} KiB`
    : `${round(mebibytes, mebibytes < 10 ? 1 : 0)} MiB`;
}

/** 'exit code 3', 'killed by signal 9'. */
export function endOf(exitcode: number | undefined): string {
  if (exitcode === undefined || exitcode === 0) return 'ended';
  return exitcode < 0 ? `killed by signal ${-exitcode}` : `exit code ${exitcode}`;
}

/** 'a, b and c'; of many, how many more there are. */
export function listed(words: readonly string[], most = 4): string {
  const shown = words.slice(0, most);
  const more = words.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}

export interface Names {
  process(id: number): string;
  object(id: number): string;
  kind(id: number): string;
}

export function namesOf(processes: readonly TracedProcess[], objects: readonly TracedObject[]): Names {
  const ofProcess = new Map(processes.map(({ id, name }) => [id, legible(name)]));
  const ofObject = new Map(objects.map((object) => [object.id, object]));
  return {
    process: (id) => ofProcess.get(id) ?? `process ${id}`,
    object: (id) => legible(ofObject.get(id)?.name ?? `object ${id}`),
    kind: (id) => ofObject.get(id)?.kind ?? '',
  };
}

/** '“Hello Ada”', 'reads counter: 0'. */
export function legibleMark(mark: Pick<Mark, 'kind' | 'text' | 'object'>, names: Names): string {
  const said = legible(mark.text);
  if (mark.kind === 'print') return `“${said}”`;
  const name = mark.object === undefined ? '' : ` ${names.object(mark.object)}`;
  return `${mark.kind}s${mark.kind === 'look' ? ' at' : ''}${name}: ${said}`;
}

/** What is waited for: 'Lock-1, held by Ada', 'a message of Queue-1', 'the end of Bob'. */
export function waitWords(
  wait: { readonly object?: number; readonly child?: number; readonly heldBy: readonly number[] },
  names: Names,
  self: number,
): string {
  if (wait.child !== undefined) return `the end of ${names.process(wait.child)}`;
  if (wait.object === undefined) return 'something';
  const name = names.object(wait.object);
  if (wait.heldBy.length === 0) return name;
  const holders = wait.heldBy.map((id) => (id === self ? 'itself' : names.process(id)));
  return `${name}, held by ${listed(holders, 3)}`;
}
