// What explore() may be told, and whether it makes sense.
import { InvalidArgumentError } from '../errors';
import { checkFunction, checkOptions, checkSignal } from '../given';
import type { Settings } from './explorer/messages';
import type { Garbled } from './garble';
import type { Outcome } from './outcome';
import type { Memorizing } from './search/memory';

/** What explore() holds a program against, and how far it goes. */
export interface ExploreOptions<R = unknown> {
  /**
   * What has to hold after every operation of every process. It may look at what the processes share, and has
   * to answer true or false at once.
   */
  invariant?: () => boolean;
  /**
   * What every order should come to: the value that the program returns, or a function that says whether an
   * outcome is right: true, false, or what is wrong in words. `undefined` is a value, too: the program is to
   * return nothing. Left out: anything may be returned.
   */
  expect?: Awaited<R> | ((outcome: Outcome<Awaited<R>>) => boolean | string | undefined);
  /** Whether it is no matter in which order whole lines are printed. Default: false. */
  anyOrder?: boolean;
  /**
   * For what is done by chance: Math.random() in the program, and orders where there are too many for all.
   * Default: 1.
   */
  seed?: number;
  /** How many states are met at most before fewer orders are walked. Default: 50,000. */
  states?: number;
  /** How many orders are walked by chance where there are too many for all. Default: 1,000. */
  orders?: number;
  /**
   * Whether to look as well for what real processors add, which let what is written come out late. Default:
   * true.
   */
  lateWrites?: boolean;
  /**
   * Which processes get something else than was sent, or written into shared memory: 'main', the main
   * process, or 'children', all others. It shows whether anything is made of it at all. Default: none.
   */
  garbled?: 'main' | 'children';
  /** Ends the exploration: it rejects with an AbortError. */
  signal?: AbortSignal;
  /** What a check remembers of each order; its last value is `Outcome.memory`. */
  memory?: Memorizing;
}

const NAMES: readonly (keyof ExploreOptions)[] = [
  'invariant',
  'expect',
  'anyOrder',
  'seed',
  'states',
  'orders',
  'lateWrites',
  'garbled',
  'signal',
  'memory',
];

export function settingsOf<R>(program: unknown, options: ExploreOptions<R>): Settings {
  checkFunction('program', program, 'a function that starts processes');
  checkOptions('options', options, NAMES);
  const { invariant, signal, memory } = options;
  if (invariant !== undefined)
    checkFunction('invariant', invariant, 'a function that says whether all is well');
  checkSignal(signal);
  if (memory !== undefined && typeof memory?.next !== 'function') {
    throw new InvalidArgumentError('memory', 'an object with first and next', memory);
  }
  return {
    anyOrder: flag('anyOrder', options.anyOrder, false),
    lateWrites: flag('lateWrites', options.lateWrites, true),
    garbled: garbledOf(options.garbled),
    seed: whole('seed', options.seed, 1, 0),
    states: whole('states', options.states, 50_000, 1),
    orders: whole('orders', options.orders, 1_000, 1),
  };
}

function flag(name: string, value: unknown, usual: boolean): boolean {
  if (value === undefined) return usual;
  if (typeof value !== 'boolean') throw new InvalidArgumentError(name, 'true or false', value);
  return value;
}

function garbledOf(value: unknown): Garbled | undefined {
  if (value === undefined || value === 'main' || value === 'children') return value;
  throw new InvalidArgumentError('garbled', "'main' or 'children'", value);
}

function whole(name: string, value: unknown, usual: number, least: number): number {
  if (value === undefined) return usual;
  if (!Number.isSafeInteger(value) || Number(value) < least) {
    throw new InvalidArgumentError(name, `a whole number, ${least} or more`, value);
  }
  return Number(value);
}
