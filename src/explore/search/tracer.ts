// Notes an order while it is walked: as a record, and in words.
import type { Trace, TraceEvent } from '../../trace/record';
import { isKindOfView } from '../machines/memory';
import { letterOf } from '../paths';
import { timeOf } from './clocks';
import { blockedIn, Names, type Told, toldOf } from './events';
import { wordsOf } from './methods';
import type { Rules } from './rules';
import { nameOf, procOf, type State, type Step } from './states';

const UNSEEN = 'others do not see it yet';

export class Tracer {
  readonly lines: string[] = [];
  readonly #clock: Trace['clock'];
  readonly #rules: Rules;
  readonly #names: Names;
  readonly #events: TraceEvent[] = [];
  readonly #waits = new Set<string>();
  readonly #cells = new Map<number, string | undefined>();
  /** What has not come out yet, the oldest first, by the path of the process that wrote it. */
  readonly #unseen = new Map<string, Unseen[]>();
  #steps = 0;

  constructor(rules: Rules, clock: Trace['clock']) {
    this.#clock = clock;
    this.#rules = rules;
    this.#names = new Names(rules);
  }

  /** Is called before a step is taken from a state whose steps are known. */
  stands(state: State): void {
    for (const { path, number, told } of blockedIn(state, this.#rules)) {
      const wait = `${path} ${number}`;
      if (this.#waits.has(wait)) continue;
      this.#waits.add(wait);
      const { clock } = procOf(state, path);
      this.#note(told, this.#clock === 'ms' ? clock : this.#steps, state);
    }
  }

  took(step: Step, before: State, behind: State): void {
    this.#steps++;
    const { object = -1, args } = step.asked?.operation ?? {};
    const isCell = typeof args?.[0] === 'string' && isKindOfView(args[0]);
    if (object >= 0) this.#cells.set(object, isCell ? String(args[0]) : this.#cells.get(object));
    const line = this.#lineOf(step, before);
    if (step.isFlush) this.#comesOut(step, line, behind);
    else if (this.#rules.lateWrites && step.asked?.operation.kind === 'write')
      this.#isWritten(step, line, before, behind);
    else {
      const told = toldOf(step, before);
      if (told !== undefined) this.#note(this.#slept(told, step), this.#at(step, before), behind);
      this.lines.push(line);
    }
  }

  #lineOf(step: Step, before: State): string {
    const where = step.asked?.operation.where;
    const who = `${letterOf(step.path)} (${nameOf(before, step.path)})`;
    const place = where === undefined ? '' : ` (${where})`;
    return `${who} ${wordsOf(step, before, this.#rules.things)}${place}`;
  }

  #isWritten(step: Step, line: string, before: State, behind: State): void {
    const told = toldOf(step, before) as Told;
    const unseen = { line, told, lineAt: this.lines.length, eventAt: this.#events.length };
    this.#unseen.set(step.path, [...(this.#unseen.get(step.path) ?? []), unseen]);
    this.lines.push(`${line}, and ${UNSEEN}`);
    this.#note(withNote(told, UNSEEN), this.#at(step, before), behind);
  }

  #comesOut({ path }: Step, line: string, behind: State): void {
    const [oldest, ...rest] = this.#unseen.get(path) ?? [];
    if (oldest === undefined) return;
    this.#unseen.set(path, rest);
    const { told, lineAt, eventAt } = oldest;
    if (this.lines.slice(lineAt + 1).every((between) => between.endsWith(UNSEEN))) {
      // No process has seen or done anything meanwhile: it was written like any other.
      this.lines[lineAt] = oldest.line;
      const { text: _text, ...event } = this.#events[eventAt] as TraceEvent;
      this.#events[eventAt] = { ...event, ...(told.text !== undefined && { text: told.text }) };
      return;
    }
    this.lines.push(line);
    this.#note(withNote(told, 'others see it now'), this.#steps, behind);
  }

  /** The things to which something was done, and as which kind of numbers, if they are numbers. */
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

/** What one process wrote, and how that was told. */
interface Unseen {
  readonly told: Told;
  readonly line: string;
  readonly lineAt: number;
  readonly eventAt: number;
}

function withNote(told: Told, note: string): Told {
  return { ...told, text: `${told.text ?? ''} (${note})` };
}

function sleptMs({ asked }: Step): number {
  const { kind, args } = asked?.operation ?? {};
  return Number((kind === 'timer' ? args?.[1] : args?.[0]) ?? 0);
}
