// Notes an order while it is walked: as a record, and in words.
import type { Trace, TraceEvent } from '../../trace/record';
import { isKindOfView } from '../machines/memory';
import { letterOf } from '../paths';
import { timeOf } from './clocks';
import { blockedIn, Names, type Told, toldOf } from './events';
import { wordsOf } from './methods';
import type { Rules } from './rules';
import { nameOf, type State, type Step } from './states';

export class Tracer {
  readonly lines: string[] = [];
  readonly #clock: Trace['clock'];
  readonly #rules: Rules;
  readonly #names: Names;
  readonly #events: TraceEvent[] = [];
  readonly #waits = new Set<string>();
  readonly #cells = new Map<number, string | undefined>();
  #steps = 0;

  constructor(rules: Rules, clock: Trace['clock']) {
    this.#clock = clock;
    this.#rules = rules;
    this.#names = new Names(rules);
  }

  /** Before a step is taken from a state whose steps are known. */
  stands(state: State): void {
    for (const { path, number, told } of blockedIn(state, this.#rules)) {
      const wait = `${path} ${number}`;
      if (this.#waits.has(wait)) continue;
      this.#waits.add(wait);
      const { clock } = state.procs.find((proc) => proc.path === path) ?? { clock: 0 };
      this.#note(told, this.#clock === 'ms' ? clock : this.#steps, state);
    }
  }

  took(step: Step, before: State, behind: State): void {
    this.#steps++;
    const { object = -1, args } = step.asked?.operation ?? {};
    const isCell = typeof args?.[0] === 'string' && isKindOfView(args[0]);
    if (object >= 0) this.#cells.set(object, isCell ? String(args[0]) : this.#cells.get(object));
    const told = toldOf(step, before);
    if (told !== undefined) this.#note(this.#slept(told, step), this.#at(step, before), behind);
    const who = `${letterOf(step.path)} (${nameOf(before, step.path)})`;
    const where = step.asked?.operation.where;
    this.lines.push(
      `${who} ${wordsOf(step, before, this.#rules.things)}${where === undefined ? '' : ` (${where})`}`,
    );
  }

  /** Those to which something was done, and as which kind of numbers, if they are numbers. */
  get things(): ReadonlyMap<number, string | undefined> {
    return this.#cells;
  }

  get trace(): Trace {
    const { processes, objects } = this.#names;
    // A sleep is told with its beginning, which is before what happened meanwhile.
    const events = this.#events.toSorted((a, b) => a.at - b.at);
    return { clock: this.#clock, processes: [...processes], objects: [...objects], events, lost: 0 };
  }

  #at(step: Step, before: State): number {
    if (this.#clock === 'steps') return this.#steps;
    const kind = step.asked?.operation.kind;
    const end = timeOf(before, step);
    return kind === 'sleep' || kind === 'timer' ? end - sleptMs(step) : end;
  }

  #slept(told: Told, step: Step): Told {
    return told.kind === 'sleep' ? { ...told, text: String(sleptMs(step)) } : told;
  }

  #note(told: Told, at: number, behind: State): void {
    this.#events.push(this.#names.event(told, at, behind));
  }
}

function sleptMs({ asked }: Step): number {
  const { kind, args } = asked?.operation ?? {};
  return Number((kind === 'timer' ? args?.[1] : args?.[0]) ?? 0);
}
