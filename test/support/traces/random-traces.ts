// Random traces that could have happened: the same processes, locks and queues, in any order of events.
import fc from 'fast-check';
import type { EventKind, Trace } from '../../../src/trace/record';
import { MadeTrace } from './made-traces';

interface Move {
  readonly who: number;
  readonly what: number;
  readonly thing: number;
  readonly pause: number;
}

const move = fc.record({ who: fc.nat(4), what: fc.nat(9), thing: fc.nat(1), pause: fc.nat(3) });

export const anyTrace: fc.Arbitrary<Trace> = fc
  .record({
    moves: fc.array(move, { maxLength: 120 }),
    clock: fc.constantFrom<Trace['clock'][]>('ms', 'steps'),
    lost: fc.nat(2),
    names: fc.array(fc.string({ unit: 'grapheme', maxLength: 12 }), { minLength: 5, maxLength: 5 }),
  })
  .map(({ moves, clock, lost, names }) => played(moves, clock, lost, names));

/** What the rules forbid is left out: a release of what nobody holds, a get of what nobody has put. */
function played(
  moves: readonly Move[],
  clock: Trace['clock'],
  lost: number,
  names: readonly string[],
): Trace {
  const made = new MadeTrace(clock);
  const processes = names.map((name, at) => made.process(name, at === 0 ? {} : { parent: 0, exitcode: 0 }));
  const locks = [made.object('Lock', 'left'), made.object('Lock', 'right')];
  const queues = [made.object('Queue', 'Queue-1'), made.object('Queue', 'Queue-2')];
  const value = made.object('Value', 'counter');
  const owner: (number | undefined)[] = [undefined, undefined];
  const full: number[][] = [[], []];
  const put = [0, 0];
  const alive = new Set([0]);
  const waiting = new Map<number, EventKind>();
  let at = 0;
  for (const child of processes.slice(1)) {
    made.add(at++, 0, 'start', { child });
    alive.add(child);
  }
  for (const { who, what, thing, pause } of moves) {
    at += pause;
    if (!alive.has(who)) continue;
    const lock = locks[thing] as number;
    const queue = queues[thing] as number;
    const waits = waiting.get(who);
    if (waits !== undefined) {
      waiting.delete(who);
      made.add(at, who, 'give-up');
    }
    if (what === 0) {
      made.add(at, who, 'wait', { object: what % 2 === 0 ? lock : queue });
      waiting.set(who, 'wait');
    } else if (what === 1 && owner[thing] === undefined) {
      owner[thing] = who;
      made.add(at, who, 'acquire', { object: lock });
    } else if (what === 2 && owner[thing] === who) {
      owner[thing] = undefined;
      made.add(at, who, 'release', { object: lock });
    } else if (what === 3) {
      const number = (put[thing] as number) + 1;
      put[thing] = number;
      full[thing]?.push(number);
      made.add(at, who, 'put', { object: queue, number });
    } else if (what === 4 && (full[thing]?.length ?? 0) > 0) {
      made.add(at, who, 'get', { object: queue, number: full[thing]?.shift() ?? 0 });
    } else if (what === 5) made.add(at, who, 'print', { text: `${names[who]}\n` });
    else if (what === 6) made.add(at, who, 'write', { object: value, text: String(at) });
    else if (what === 7) made.add(at, who, 'sleep');
    else if (what === 8 && who !== 0) {
      alive.delete(who);
      for (const index of [0, 1]) if (owner[index] === who) owner[index] = undefined;
      made.add(at, who, 'exit', { number: 0 });
    } else if (what === 9) {
      made.add(at, who, 'wait', { object: queue });
      waiting.set(who, 'wait');
    }
  }
  for (const child of alive) if (child !== 0) made.add(at, child, 'exit', { number: 0 });
  return made.trace(lost);
}
