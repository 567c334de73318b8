// Traces that the tests of the timeline draw: what a run would have left behind.
import type { EventKind, Trace, TracedObject, TracedProcess, TraceEvent } from '../../../src/trace/record';

export type Happening = Omit<TraceEvent, 'at' | 'process' | 'kind'>;

/** A trace that is told event by event, each by the name of its process. */
export class MadeTrace {
  readonly #processes: TracedProcess[] = [];
  readonly #objects: TracedObject[] = [];
  readonly #events: TraceEvent[] = [];
  readonly clock: Trace['clock'];

  constructor(clock: Trace['clock'] = 'ms') {
    this.clock = clock;
  }

  process(name: string, more: Omit<TracedProcess, 'id' | 'name'> = {}): number {
    return this.#processes.push({ id: this.#processes.length, name, ...more }) - 1;
  }

  object(kind: string, name: string): number {
    return this.#objects.push({ id: this.#objects.length, kind, name }) - 1;
  }

  add(at: number, process: number, kind: EventKind, more: Happening = {}): this {
    this.#events.push({ at, process, kind, ...more });
    return this;
  }

  trace(lost = 0): Trace {
    const events = this.#events.toSorted((one, other) => one.at - other.at);
    return { clock: this.clock, processes: this.#processes, objects: this.#objects, events, lost };
  }
}

const GREETERS = [
  'Ada',
  'Alan',
  'Grace',
  'Edsger',
  'Barbara',
  'Tony',
  'Leslie',
  'Frances',
  'Dennis',
  'Radia',
];

/** Ten greet, each in two pieces: with a lock around both of them, or without. */
export function greeters(withLock: boolean, count = 10): Trace {
  const made = new MadeTrace();
  const main = made.process('MainProcess', { pid: 4200 });
  const lock = withLock ? made.object('Lock', 'Lock-1') : undefined;
  let free = 0;
  let ended = 0;
  for (let at = 0; at < count; at++) {
    const name = GREETERS[at % GREETERS.length] as string;
    const pid = 4201 + at;
    const child = made.process(name, { pid, parent: main, exitcode: 0 });
    const begun = 4 + at * 3.1;
    made.add(begun, main, 'start', { child });
    let t = begun + 9 + ((at * 7) % 5);
    if (lock !== undefined) {
      made.add(t, child, 'wait', { object: lock, where: 'Cell 3, line 2' });
      t = Math.max(t + 0.1, free + 0.2);
      made.add(t, child, 'acquire', { object: lock, where: 'Cell 3, line 2' });
    }
    made.add(t + 1, child, 'print', { text: `Hello, I am ${name},\n` });
    made.add(t + 10.5, child, 'print', { text: `process ${pid}\n` });
    if (lock !== undefined) {
      free = t + 12;
      made.add(free, child, 'release', { object: lock });
    }
    ended = Math.max(ended, t + 14);
    made.add(t + 14, child, 'exit', { number: 0 });
  }
  for (let child = 1; child <= count; child++) {
    made.add(38 + child * 0.01, main, 'wait', { child });
    made.add(ended + child * 0.2, main, 'joined', { child });
  }
  return made.trace();
}

/** One puts, three take; the last message stays. */
export function workers(): Trace {
  const made = new MadeTrace();
  const main = made.process('MainProcess', { pid: 812 });
  const jobs = made.object('Queue', 'jobs');
  const results = made.object('Queue', 'results');
  const ids = ['Worker-1', 'Worker-2', 'Worker-3'].map((name, at) =>
    made.process(name, { pid: 813 + at, parent: main, exitcode: at === 2 ? -9 : at === 1 ? 3 : 0 }),
  );
  for (const [at, child] of ids.entries()) made.add(1 + at * 2, main, 'start', { child });
  for (let n = 1; n <= 8; n++) made.add(8 + n * 6, main, 'put', { object: jobs, number: n });
  let result = 0;
  for (let n = 1; n <= 7; n++) {
    const child = ids[(n - 1) % 3] as number;
    const got = 16 + n * 16;
    made.add(got - 11, child, 'wait', { object: jobs });
    made.add(got, child, 'get', { object: jobs, number: n });
    made.add(got + 22, child, 'put', { object: results, number: ++result });
  }
  for (let n = 1; n <= 7; n++) {
    made.add(38 + n * 16, main, 'wait', { object: results });
    made.add(39 + n * 16, main, 'get', { object: results, number: n });
    made.add(39.5 + n * 16, main, 'print', { text: `result ${n * n}` });
  }
  for (const [at, child] of ids.entries()) made.add(155 + at * 6, child, 'exit', { number: 0 });
  return made.trace();
}

/** Ten processes with so many events each, random but always the same. */
export function crowd(events = 500): Trace {
  const made = new MadeTrace();
  const random = seeded(7);
  const main = made.process('MainProcess', { pid: 1000 });
  const locks = [made.object('Lock', 'left'), made.object('Lock', 'right')];
  const queue = made.object('Queue', 'Queue-1');
  let number = 0;
  const free = [0, 0];
  const pending: { at: number; number: number; by: number }[] = [];
  for (let at = 0; at < 10; at++) {
    const child = made.process(`Process-${at + 1}`, { pid: 1001 + at, parent: main, exitcode: 0 });
    made.add(at * 4, main, 'start', { child });
    let t = 30 + at * 4;
    for (let n = 0; n < events / 4.2; n++) {
      const which = random() < 0.5 ? 0 : 1;
      const object = locks[which] as number;
      t += random() * 9;
      made.add(t, child, 'wait', { object });
      t = Math.max(t, free[which] as number) + 0.2;
      made.add(t, child, 'acquire', { object });
      t += random() * 2;
      made.add(t, child, 'release', { object });
      if (random() < 0.2) free[which] = t;
      const ready = pending.findIndex((message) => message.at < t && message.by !== child);
      if (ready >= 0 && random() < 0.6) {
        const [message] = pending.splice(ready, 1);
        made.add(t, child, 'get', { object: queue, number: message?.number ?? 0 });
      } else {
        made.add(t, child, 'put', { object: queue, number: ++number });
        pending.push({ at: t, number, by: child });
      }
      if (random() < 0.3) made.add(t, child, 'print', { text: `round ${n}` });
    }
    made.add(t + 1, child, 'exit', { number: 0 });
  }
  return made.trace(1234);
}

/** The lost update: A reads, B reads, B writes, A writes. */
export function lostUpdate(): Trace {
  const made = new MadeTrace('steps');
  const main = made.process('MainProcess');
  const counter = made.object('Value', 'counter');
  const a = made.process('A', { parent: main, exitcode: 0 });
  const b = made.process('B', { parent: main, exitcode: 0 });
  made.add(0, main, 'start', { child: a }).add(0, main, 'start', { child: b });
  made.add(1, main, 'wait', { child: a });
  made.add(1, a, 'read', { object: counter, text: '0', where: 'Cell 5, line 3' });
  made.add(2, b, 'read', { object: counter, text: '0', where: 'Cell 5, line 3' });
  made.add(3, b, 'write', { object: counter, text: '1', where: 'Cell 5, line 3' });
  made.add(4, a, 'write', { object: counter, text: '1', where: 'Cell 5, line 3' });
  made.add(5, a, 'exit').add(5, b, 'exit').add(5, main, 'joined', { child: a });
  made.add(6, main, 'read', { object: counter, text: '1' });
  made.add(7, main, 'print', { text: 'counter is 1' });
  return made.trace();
}

/** The same numbers for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
