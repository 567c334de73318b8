// A run by steps as a table: what each process did in each step, and how the shared things stood after it.
// Pure.

import type { Trace, TraceEvent } from '../trace/record';
import { eventWords } from './event-words';
import { legible } from './svg';
import { endOf, type Names } from './words';

const LONGEST_MESSAGE = 12;

export interface Column {
  readonly step: number;
  /** The process that moved; absent where nothing but a start or an end is told. */
  readonly mover?: number;
  readonly moves: ReadonlyMap<number, Move>;
  /** How each object stands after this step, in words; absent if nothing is known of it yet. */
  readonly state: ReadonlyMap<number, string>;
}

export interface Move {
  /** 'reads', 'waits for'. */
  readonly verb: string;
  /** 'counter: 0', 'Lock-1'. */
  readonly what: string;
  /** The same in the words of a sentence. */
  readonly sentence: string;
  readonly object?: number;
  /** It does nothing but wait. */
  readonly waits: boolean;
}

export function columnsOf(trace: Trace, names: Names): Column[] {
  const columns: Column[] = [];
  const board = new Board(names);
  for (const [step, events] of byStep(trace.events)) {
    for (const event of events) board.happened(event);
    const moves = new Map<number, Move>();
    for (const event of events) {
      const before = moves.get(event.process);
      const move = moveOf(event, names);
      if (before?.verb === 'starts' && move.verb === 'starts') {
        const sentence = `${before.sentence}, ${move.what}`;
        moves.set(event.process, { ...move, what: `${before.what}, ${move.what}`, sentence });
        // What a process does says more than that it began or ended in the same step.
      } else if (before === undefined || weightOf(event) >= weightOf(heaviestBefore(events, event))) {
        moves.set(event.process, move);
      }
    }
    const heaviest = events.reduce((one, other) => (weightOf(other) > weightOf(one) ? other : one));
    columns.push({
      step,
      moves,
      state: board.state(),
      ...(weightOf(heaviest) > 1 && { mover: heaviest.process }),
    });
  }
  return columns;
}

function byStep(events: readonly TraceEvent[]): Map<number, TraceEvent[]> {
  const steps = new Map<number, TraceEvent[]>();
  for (const event of events) {
    const step = steps.get(event.at);
    if (step === undefined) steps.set(event.at, [event]);
    else step.push(event);
  }
  return steps;
}

/** What says most of what the process of `event` did before it in the same step. */
function heaviestBefore(events: readonly TraceEvent[], event: TraceEvent): TraceEvent {
  const own = events.slice(0, events.indexOf(event)).filter(({ process }) => process === event.process);
  return own.reduce((one, other) => (weightOf(other) >= weightOf(one) ? other : one), own[0] ?? event);
}

/**
 * Starts and ends happen beside what a process chose to do, and a process that waits for an end does nothing.
 */
function weightOf({ kind, number, child }: TraceEvent): number {
  if (kind === 'wait') return child === undefined ? 2 : 0;
  if (kind === 'exit') return (number ?? 0) === 0 ? 1 : 3;
  return kind === 'start' || kind === 'joined' || kind === 'sleep' ? 1 : 3;
}

function moveOf(event: TraceEvent, names: Names): Move {
  const { kind, object, child, text, number } = event;
  const name = object === undefined ? '' : names.object(object);
  const other = child === undefined ? '' : names.process(child);
  const of = object === undefined ? {} : { object };
  const sentence = eventWords(event, names);
  const done = (verb: string, what: string, waits = false): Move => ({ verb, what, sentence, waits, ...of });
  switch (kind) {
    case 'start':
      return done('starts', other);
    case 'exit':
      return number === undefined || number === 0 ? done('ends', '') : done('fails', endOf(number));
    case 'wait':
      return done('waits for', child === undefined ? name : other, true);
    case 'acquire':
      return done('acquires', name);
    case 'release':
      return done('releases', name);
    case 'put':
      return done(`puts ${messageOf(event)}`, name);
    case 'get':
      return done(`gets ${messageOf(event)}`, name);
    case 'joined':
      return done('joined', other);
    case 'wake':
      return done('goes on', name);
    case 'give-up':
      return done('gives up', name);
    case 'print':
      return done('prints', `“${legible(text ?? '')}”`);
    case 'read':
      return done(`reads ${legible(text ?? '')}`, name);
    case 'write':
      return done(`writes ${legible(text ?? '')}`, name);
    case 'look':
      return done(`sees ${legible(text ?? '')}`, name);
    case 'sleep':
      return done('sleeps', '');
    default:
      return kind satisfies never;
  }
}

/** What it is, if that is told and short, else which one it is. */
function messageOf({ number, text = '' }: TraceEvent): string {
  if (text !== '' && text.length <= LONGEST_MESSAGE) return legible(text);
  return number === undefined ? '' : `#${number}`;
}

/** What the shared things look like, event by event. */
class Board {
  readonly #names: Names;
  readonly #state = new Map<number, string>();
  readonly #holders = new Map<number, number[]>();
  readonly #depths = new Map<number, number>();

  constructor(names: Names) {
    this.#names = names;
  }

  happened({ kind, object, process, text }: TraceEvent): void {
    if (object === undefined) return;
    if (kind === 'read' || kind === 'write') this.#state.set(object, legible(text ?? ''));
    if (kind === 'put' || kind === 'get') {
      const depth = (this.#depths.get(object) ?? 0) + (kind === 'put' ? 1 : -1);
      this.#depths.set(object, depth);
      this.#state.set(object, `${Math.max(0, depth)} in it`);
    }
    if (kind !== 'acquire' && kind !== 'release') return;
    const holders = this.#holders.get(object) ?? [];
    if (kind === 'acquire') holders.push(process);
    else holders.splice(Math.max(0, holders.lastIndexOf(process)), 1);
    this.#holders.set(object, holders);
    const held = [...new Set(holders)].map((id) => this.#names.process(id));
    this.#state.set(object, held.length === 0 ? 'free' : held.join(', '));
  }

  state(): ReadonlyMap<number, string> {
    return new Map(this.#state);
  }
}
