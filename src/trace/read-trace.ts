// Puts together what all processes noted, the dead too, in the order in which it happened.
import { stripVTControlCharacters } from 'node:util';
import { programMemory } from '../memory/memory';
import { isTagAlive } from '../memory/slots';
import { area, areaWord, floats } from './area';
import { traceMarks } from './marks';
import { placeText } from './places';
import { IS_PROCESS, KIND_MASK, PLACE_SHIFT } from './points';
import {
  ENDED,
  EXITCODE_KNOWN,
  eventsTold,
  PROCESS_NAME_BYTES,
  processRows,
  processWord,
  STARTED,
} from './processes';
import { type RingEvent, readRing } from './read-ring';
import { eventKinds, type Trace, type TracedObject, type TracedProcess, type TraceEvent } from './record';
import { loadText } from './texts';
import { describeTraced } from './traced';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Returns what the processes of this program did since startTrace(), by time, those that have ended included.
 * Times are milliseconds since the first event.
 *
 * @example
 * startTrace();
 * const queue = new Queue<string>();
 * new Process({ target: () => queue.putSync('hello'), name: 'Ada' }).start();
 * await queue.get();
 * const { processes, events } = readTrace();
 * const sent = events.filter(({ kind }) => kind === 'put' || kind === 'get');
 * for (const { process, kind } of sent) console.log(processes[process]?.name, kind); // → Ada put
 * // → MainProcess get
 */
export function readTrace(): Trace {
  const tables = area();
  if (tables === 0) return { clock: 'ms', processes: [], objects: [], events: [], lost: 0 };
  return new Reading(tables).trace();
}

class Reading {
  readonly #tables: number;
  readonly #i32 = programMemory().i32;
  readonly #f64 = floats();
  readonly #since: number;
  readonly #ids = new Map<number, number>();
  readonly #objects: TracedObject[] = [];
  readonly #objectIds = new Map<number, number>();
  readonly #events: Writable<TraceEvent>[] = [];

  constructor(tables: number) {
    this.#tables = tables;
    this.#since = this.#f64[(tables + areaWord.since) >> 1] ?? 0;
  }

  trace(): Trace {
    const rows = processRows(this.#tables);
    rows.forEach((row, id) => {
      this.#ids.set(this.#word(row, 'tag'), id);
    });
    const processes = rows.map((row, id) => this.#process(row, id));
    let lost = this.#f64[(this.#tables + areaWord.lost) >> 1] ?? 0;
    rows.forEach((row, id) => {
      lost += this.#read(row, id);
    });
    this.#events.sort((one, other) => one.at - other.at);
    const first = this.#events[0]?.at ?? 0;
    for (const event of this.#events) {
      event.at -= first;
      if (event.object !== undefined) event.object = this.#objectId(event.object);
    }
    const cells = traceMarks().map((began) => began - first);
    return {
      clock: 'ms',
      processes,
      objects: this.#objects,
      events: this.#events,
      lost,
      ...(cells.length > 0 && { cells }),
    };
  }

  #process(row: number, id: number): TracedProcess {
    const is = this.#word(row, 'is');
    const pid = this.#word(row, 'pid');
    const parent = this.#ids.get(this.#word(row, 'parentTag'));
    return {
      id,
      name: loadText(row + processWord.name, PROCESS_NAME_BYTES),
      ...(pid !== 0 && { pid }),
      ...(parent !== undefined && { parent }),
      ...((is & EXITCODE_KNOWN) !== 0 && { exitcode: this.#word(row, 'exitcode') }),
    };
  }

  /** Returns how many were lost. */
  #read(row: number, id: number): number {
    const told = eventsTold(row) - (this.#f64[(row + processWord.forgotten) >> 1] ?? 0);
    const found = readRing(row).filter(({ at }) => at >= this.#since);
    for (const event of found) this.#add(event, id);
    this.#addLife(row, id, found.at(-1)?.at);
    return Math.max(0, told - found.length);
  }

  #add({ head, subject, at, number, text }: RingEvent, process: number): void {
    const kind = eventKinds[head & KIND_MASK];
    if (kind === undefined) return;
    const child = (head & IS_PROCESS) !== 0 ? this.#ids.get(subject) : undefined;
    const where = placeText(this.#tables, head >>> PLACE_SHIFT);
    this.#events.push({
      at,
      process,
      kind,
      ...((head & IS_PROCESS) === 0 && subject !== 0 && { object: subject }),
      ...(child !== undefined && { child }),
      ...(number !== 0 && { number }),
      ...(kind === 'print' && { text: withoutColours(text) }),
      ...((kind === 'write' || kind === 'sleep') && { text }),
      ...(where !== undefined && { where }),
    });
  }

  /** The start and the end of a process, which are not in its ring. */
  #addLife(row: number, id: number, lastAt: number | undefined): void {
    const is = this.#word(row, 'is');
    const startedAt = this.#f64[(row + processWord.startedAt) >> 1] ?? 0;
    const parent = this.#ids.get(this.#word(row, 'parentTag'));
    if ((is & STARTED) !== 0 && startedAt >= this.#since && parent !== undefined) {
      const where = placeText(this.#tables, this.#word(row, 'startPlace'));
      this.#events.push({
        at: startedAt,
        process: parent,
        kind: 'start',
        child: id,
        ...(where && { where }),
      });
    }
    const endedAt = (is & ENDED) !== 0 ? this.#f64[(row + processWord.endedAt) >> 1] : undefined;
    if (endedAt === undefined && isTagAlive(this.#word(row, 'tag'))) return;
    // A process that was killed, of which no other has learnt yet.
    const at = Math.max(endedAt ?? lastAt ?? startedAt, lastAt ?? 0);
    if (at < this.#since) return;
    const number = (is & EXITCODE_KNOWN) !== 0 ? { number: this.#word(row, 'exitcode') } : {};
    this.#events.push({ at, process: id, kind: 'exit', ...number });
  }

  /** Objects are numbered in the order in which they come in the trace. */
  #objectId(number: number): number {
    const known = this.#objectIds.get(number);
    if (known !== undefined) return known;
    const id = this.#objects.length;
    const forgotten = { kind: 'Object', name: `a forgotten object (${number})` };
    this.#objects.push({ id, ...(describeTraced(this.#tables, number) ?? forgotten) });
    this.#objectIds.set(number, id);
    return id;
  }

  #word(row: number, name: keyof typeof processWord): number {
    return Atomics.load(this.#i32, row + processWord[name]);
  }
}

/** The end of a long text may have cut a code in two. */
function withoutColours(text: string): string {
  const plain = stripVTControlCharacters(text);
  const cut = plain.lastIndexOf('\u001b');
  return cut < 0 ? plain : plain.slice(0, cut);
}
