// Whether an operation can be done in a state, and what comes of it: the rules of the things, and those of
// processes and of the time. Pure.
import { takenAt } from '../behaviour';
import { type Around, type Done, machines, worldRules } from '../machines';
import { ENDED_WITH_PARENT, type Operation } from '../operations';
import type { Things } from '../things';
import { timeOf } from './clocks';
import type { Loops } from './loops';
import { findProc, nameOf, type Proc, type State } from './states';
import { ownCell } from './stores';
import type { Values } from './values';

/** What the search looks at only where a program does. */
export interface Sight {
  /** Whether it counts which processes have ended, and when, which makes more states. */
  exits: boolean;
  clocks: boolean;
  /** Whether to find processes that go round a loop without end and change nothing, which takes time. */
  loops: boolean;
  /** Loops without end no further than a few rounds. */
  cuts: boolean;
}

/** The program looks at more than the search does: it has to begin anew. */
export class SeesMore extends Error {
  readonly what: Exclude<keyof Sight, 'cuts'>;
  constructor(what: Exclude<keyof Sight, 'cuts'>) {
    super(`The program looks at ${what}.`);
    this.what = what;
  }
}

export interface Rules {
  readonly things: Things;
  readonly values: Values;
  readonly sight: Readonly<Sight>;
  readonly loops: Loops;
  /** Whether plain writes come out late, as on real processors. */
  readonly lateWrites: boolean;
  /** After how many operations a process counts as going on for ever. */
  readonly mostOperations: number;
}

/** What can come of it: undefined where it has to wait; several where chance decides. */
export type Ways = Done | readonly Done[] | undefined;

export function waysOf(done: Done | readonly Done[]): readonly Done[] {
  return isList(done) ? done : [done];
}

function isList(done: Done | readonly Done[]): done is readonly Done[] {
  return Array.isArray(done);
}

export function isEndless({ node, ended }: Proc, { mostOperations, loops, sight }: Rules): boolean {
  if (ended !== undefined) return false;
  if (node.depth > mostOperations || node.stop === 'endless') return true;
  return sight.cuts && loops.isOver(node);
}

export function attempt(state: State, proc: Proc, operation: Operation, rules: Rules): Ways {
  const { kind, object, args } = operation;
  if (kind === 'write' && rules.lateWrites) return {};
  const own = kind === 'read' ? ownCell(proc, operation) : undefined;
  if (own !== undefined && own !== 'mixed') return own;
  if (object >= 0) {
    const rule = machines[rules.things.at(object).machine]?.[kind];
    if (rule === undefined) throw new TypeError(`No rule for ${kind}.`);
    const value = rules.values.valueAt(object, state.values[object] ?? 0);
    return rule(value as never, operation, aroundOf(state, proc.path, rules));
  }
  switch (kind) {
    case 'join':
      return findProc(state, String(args[0]))?.ended === undefined ? undefined : { result: true };
    case 'status': {
      const target = findProc(state, String(args[0]));
      if (target?.ended === undefined && !rules.sight.exits) throw new SeesMore('exits');
      return { result: target?.ended?.code ?? null };
    }
    case 'kill':
      // It makes a difference whether the other one has ended.
      if (args[1] !== ENDED_WITH_PARENT && !rules.sight.exits) throw new SeesMore('exits');
      return {};
    case 'now': {
      if (!rules.sight.clocks) throw new SeesMore('clocks');
      return {
        result: timeOf(state, { path: proc.path, asked: { number: -1, operation }, event: undefined }),
      };
    }
    default: {
      const rule = worldRules[kind];
      return rule === undefined ? {} : rule(undefined as never, operation, aroundOf(state, proc.path, rules));
    }
  }
}

/** What a rule may look at besides its own thing. */
export function aroundOf(state: State, me: string, rules: Rules): Around {
  return new InState(state, me, rules);
}

class InState implements Around {
  readonly me: string;
  readonly #state: State;
  readonly #rules: Rules;

  constructor(state: State, me: string, rules: Rules) {
    this.me = me;
    this.#state = state;
    this.#rules = rules;
  }

  isDead(path: string): boolean {
    return findProc(this.#state, path)?.ended !== undefined;
  }

  hasEnded(path: string): boolean {
    if (!this.#rules.sight.exits && !this.isDead(path)) throw new SeesMore('exits');
    return this.isDead(path);
  }

  valueOf(object: number): unknown {
    return this.#rules.values.valueAt(object, this.#state.values[object] ?? 0);
  }

  nameOf(path: string): string {
    return nameOf(this.#state, path);
  }

  exitcodeOf(path: string): number | null {
    return findProc(this.#state, path)?.ended?.code ?? null;
  }

  takenAt(path: string, object: number): string | undefined {
    return takenAt(findProc(this.#state, path)?.node, object);
  }

  nameOfThing(object: number): string {
    return this.#rules.things.at(object).name;
  }
}

/** Returns which process has a lock, if it is a lock and one has it. */
export function ownerOf(state: State, object: number, { things, values }: Rules): string | undefined {
  if (things.at(object).machine !== 'lock') return undefined;
  const owner = values.valueAt(object, state.values[object] ?? 0);
  return typeof owner === 'string' ? owner : undefined;
}
