// Walks the states of a program under control: which process is where, and what each shared thing is. A state is met once, however many
// schedules lead to it; how many lead on from it, and to what, is counted behind it.
import { createHash } from 'node:crypto';
import { serialize } from 'node:v8';
import type { Captured } from '../capture/captured';
import type { World } from '../capture/restore/world';
import { type Asked, type Behaviour, type Event, type Exit, Node } from './behaviour';
import { type Ahead, Execution, pidOf } from './execution';
import { hangSentence } from './hang';
import { LOOKING, machines, SILENT } from './machines';
import { GAVE_UP, type Operation, type Plain, setRunning, thingAt } from './operations';

export interface Proc {
  readonly path: string;
  readonly node: Node;
  readonly ended: Exit | undefined;
  /** What it has written and others cannot read yet: a processor lets its own later reads go first. */
  readonly stored: readonly Stored[];
}

interface Stored {
  readonly object: number;
  readonly index: number;
  readonly cell: Plain;
}

export interface State {
  readonly procs: readonly Proc[];
  /** For each thing, which of its values it has: 0 is what it began with. */
  readonly values: readonly number[];
  readonly key: string;
  /** What can happen next, once that is known. */
  steps?: readonly Step[];
}

export interface Step {
  readonly path: string;
  /** Which of what its process could do, from 0. */
  readonly choice: number;
  /** Nobody else could tell when it happens. */
  readonly isSilent: boolean;
  readonly isSpin: boolean;
  /** Undefined for the end of the process. */
  readonly asked: Asked | undefined;
  readonly event: Event | undefined;
  readonly object: number;
  readonly value: number;
  readonly printed: string | undefined;
  /** What was written comes out, so that others can read it. */
  readonly isFlush?: boolean;
  /** The state behind it, once that is known. */
  to?: State;
}

export interface Limits {
  /** Whether the order of what is printed makes no difference, line by line. */
  anyOrder: boolean;
  states: number;
  outcomes: number;
  operations: number;
  /** Whether plain writes come out late, as on real processors, where no lock or queue is between. */
  lateWrites: boolean;
  /** So often, at most, somebody is stopped who could have gone on. */
  forced: number;
}

/** Too many states to meet them all. */
export class TooLarge extends Error {}
class ExitsAreSeen extends Error {}

interface Best {
  readonly switches: number;
  readonly length: number;
  readonly first: string;
  readonly code: Code | undefined;
}
interface Code {
  readonly token: string;
  readonly rest: Code | undefined;
}
interface Entry {
  count: bigint;
  /** By the process that goes first: who comes before it may be the same. */
  best: Map<string, Best>;
}
export type Tally = Map<string, Entry>;

export interface Ending {
  kind: 'ended' | 'hang' | 'endless';
  returned?: Plain;
  failures: { name: string; code: number; error: string | undefined }[];
  sentence?: string;
}

const FAR = 500;
const NEAR = 12;

export class Search {
  readonly #world: World;
  readonly #require: NodeJS.Require;
  readonly #limits: Limits;
  readonly #seed: number;
  readonly #behaviours = new Map<string, Behaviour>();
  readonly #main: Behaviour;
  readonly #interned: { ids: Map<string, number>; values: unknown[] }[] = [];
  readonly #states = new Map<string, State>();
  readonly isBroken: (state: State) => boolean;
  #exitsAreSeen = false;
  /** How far a copy goes on alone. Where schedules are walked one by one, others soon come between. */
  looksFar = true;
  /** Whether one who only looked, three times the same, was made to wait for a change: orders in which it looks on were left out. */
  hasDeferred = false;
  /** So many children could move at the same moment. */
  mostAtOnce = 0;
  met = 0;
  transitions = 0;

  constructor(program: Captured, world: World, require: NodeJS.Require, limits: Limits, seed: number, isBroken: (state: State) => boolean) {
    this.#world = world;
    this.#require = require;
    this.#limits = limits;
    this.#seed = seed;
    this.isBroken = isBroken;
    this.#main = this.#behaviour('', 'MainProcess', false, undefined, program);
  }

  first(): State {
    return this.#one(this.#state([{ path: '', node: this.#main.root, ended: undefined, stored: [] }], []));
  }

  /** What a thing is in a state. */
  valueOf(state: State, object: number): unknown {
    return this.#values(object).values[state.values[object] ?? 0];
  }

  /** Every schedule of the program, by what it comes to. */
  all(): Promise<Tally> {
    return this.seeingExits(() => this.#all());
  }

  /** Once more from the beginning where somebody looks whether another one has ended: then the end of one is to be seen. */
  async seeingExits<T>(search: () => Promise<T>): Promise<T> {
    try {
      return await search();
    } catch (error) {
      if (!(error instanceof ExitsAreSeen)) throw error;
      this.#exitsAreSeen = true;
      this.#states.clear();
      return await search();
    }
  }

  async #all(): Promise<Tally> {
    const memo = new Map<string, Tally>();
    const bounded = this.#limits.forced !== Number.POSITIVE_INFINITY;
    const keyOf = ({ key }: State, last: string, forced: number) => (bounded ? `${key}|${last}|${forced}` : key);
    const first = this.first();
    const frames = [await this.#frame(first, '', 0)];
    for (;;) {
      const frame = frames.at(-1) as Frame;
      if (frame.next === frame.steps.length) {
        if (this.isBroken(frame.state)) frame.tally = marked(frame.tally);
        memo.set(keyOf(frame.state, frame.last, frame.forced), frame.tally);
        frames.pop();
        const parent = frames.at(-1);
        if (parent === undefined) return frame.tally;
        add(parent, parent.steps[parent.next - 1] as Step, frame.tally, this.#limits);
        continue;
      }
      const step = frame.steps[frame.next++] as Step;
      this.transitions++;
      const { last } = frame;
      // Whoever went last could have gone on, and somebody else is let go instead.
      const isForced = !step.isSilent && last !== '' && last !== step.path && frame.steps.some(({ path }) => path === last);
      const forced = bounded ? frame.forced + (isForced ? 1 : 0) : 0;
      if (forced > this.#limits.forced) continue;
      const next = this.next(frame.state, step) ?? (await this.learn(frame.state, step));
      const after = !bounded ? '' : step.isSilent ? last : step.path;
      const known = memo.get(keyOf(next, after, forced));
      if (known !== undefined) add(frame, step, known, this.#limits);
      else {
        if (memo.size > this.#limits.states) throw new TooLarge();
        frames.push(await this.#frame(next, after, forced));
      }
    }
  }

  async #frame(state: State, last: string, forced: number): Promise<Frame> {
    this.met++;
    const steps = await this.steps(state);
    const tally: Tally = new Map();
    if (steps.length === 0) {
      tally.set(JSON.stringify(this.ending(state)), { count: 1n, best: new Map([['', NOTHING]]) });
    }
    return { state, steps, last, forced, next: 0, tally };
  }

  /** What can happen next; nothing at the end, or where nobody can go on. */
  async steps(state: State): Promise<readonly Step[]> {
    if (state.steps !== undefined) return state.steps;
    for (const { node } of state.procs) if (node.stop === undefined) await this.#begin(node, state);
    state.steps = this.#findSteps(state);
    return state.steps;
  }

  /** As steps(), where nothing new has to be run for it. */
  knownSteps(state: State): readonly Step[] | undefined {
    return state.steps;
  }

  #findSteps(state: State): Step[] {
    const all: Step[] = [];
    for (const proc of state.procs) {
      if (proc.node.depth > this.#limits.operations || proc.node.stop === 'endless') return [];
      const own = this.#stepsOfProcess(state, proc);
      const only = own[0];
      if (own.length === 1 && only !== undefined && !only.isSpin && (only.isSilent || isAlone(state))) return [{ ...only, isSilent: true }];
      for (const step of own) all.push(step);
    }
    const going = all.filter(({ isSpin }) => !isSpin);
    if (going.length < all.length && going.length > 0) this.hasDeferred = true;
    this.mostAtOnce = Math.max(this.mostAtOnce, new Set(going.map(({ path }) => path).filter((path) => path !== '')).size);
    if (going.length > 0 || all.length === 0) return going;
    // Everybody only looks, again and again: in turn, for all orders come to the same.
    const depth = (step: Step) => this.#procOf(state, step.path).node.depth;
    return [{ ...all.reduce((least, step) => (depth(step) < depth(least) ? step : least)), isSilent: true }];
  }

  #stepsOfProcess(state: State, proc: Proc): Step[] {
    const { node, path } = proc;
    if (proc.ended !== undefined) return [];
    if (proc.stored.length > 0) return this.#stepsWhileStored(state, proc);
    if (node.exit !== undefined) return this.#exitSteps(state, proc, node.exit);
    const found: Step[] = [];
    const [asked, ...behind] = node.fresh;
    if (asked !== undefined) {
      const step = this.#try(state, proc, asked, 0);
      if (step !== undefined) found.push(step);
      const { isSync, kind, timeoutMs, object } = asked.operation;
      const isAlone = behind.length === 0 && node.queued.length === 0 && node.stop === 'quiet';
      if ((step === undefined || step.event?.result === GAVE_UP) && !isSync && !isAlone && timeoutMs !== 0) {
        const event: Event = { operation: asked.number, outcome: 'queued' };
        found.push({ path, choice: found.length, isSilent: false, isSpin: false, asked, event, object, value: state.values[object] ?? 0, printed: undefined });
      }
      void kind;
      return found;
    }
    for (const queued of node.queued) {
      if (queued.operation.kind === 'timer') continue;
      const step = this.#try(state, proc, queued, found.length);
      if (step !== undefined) found.push(step);
    }
    const timers = node.queued.filter(({ operation }) => operation.kind === 'timer');
    if (timers.length > 0) {
      const due = ({ operation }: Asked) => Number(operation.args[0]);
      const soonest = timers.reduce((least, timer) => (due(timer) < due(least) ? timer : least));
      const step = this.#try(state, proc, soonest, found.length);
      if (step !== undefined) found.push({ ...step, isSilent: node.queued.length === timers.length });
    }
    if (found.length > 1) return found.map((step) => ({ ...step, isSilent: false }));
    return found;
  }

  #stepsWhileStored(state: State, proc: Proc): Step[] {
    const { path, node } = proc;
    const asked = node.exit === undefined ? node.fresh[0] : undefined;
    // Everything but plain reading and writing lets what was written come out first.
    const may = asked !== undefined && (asked.operation.kind === 'read' || asked.operation.kind === 'write');
    const step = may ? this.#try(state, proc, asked, 0) : undefined;
    if (step?.isSilent) return [step];
    const choice = step === undefined ? 0 : 1;
    const flush: Step = { path, choice, isSilent: false, isSpin: false, asked: undefined, event: undefined, object: -1, value: 0, printed: undefined, isFlush: true };
    return step === undefined ? [flush] : [step, flush];
  }

  #exitSteps(state: State, { path, node }: Proc, { code }: Exit): Step[] {
    const children = state.procs.filter((other) => isChild(other.path, path) && other.ended === undefined);
    const waits = code === 0 && children.some(({ node: child }) => !child.behaviour.daemon);
    if (waits) return [];
    const isSilent = !this.#exitsAreSeen && children.length === 0;
    void node;
    return [{ path, choice: 0, isSilent, isSpin: false, asked: undefined, event: undefined, object: -1, value: 0, printed: undefined }];
  }

  #try(state: State, proc: Proc, asked: Asked, choice: number): Step | undefined {
    const { operation, number } = asked;
    const { kind, object, timeoutMs } = operation;
    const done = this.#attempt(state, proc, operation);
    if (done === undefined && timeoutMs === undefined) return undefined;
    const result = done === undefined ? GAVE_UP : done.result;
    const value = done?.value === undefined ? (state.values[object] ?? 0) : this.#idOf(object, done.value);
    return {
      path: proc.path,
      choice,
      isSilent: SILENT.has(kind) || (kind === 'write' && this.#limits.lateWrites),
      isSpin: this.#isSpin(proc.node, operation, result),
      asked,
      event: { operation: number, outcome: 'done', ...(result !== undefined && { result }) },
      object,
      value,
      printed: kind === 'print' ? String(operation.args[1]) : undefined,
    };
  }

  #attempt(state: State, { path, stored }: Proc, operation: Operation): { value?: unknown; result?: Plain } | undefined {
    const { kind, object, args } = operation;
    if (kind === 'write' && this.#limits.lateWrites) return {};
    const own = kind === 'read' ? stored.findLast((each) => each.object === object && each.index === args[0]) : undefined;
    if (own !== undefined) return { result: own.cell };
    if (object >= 0) {
      const rule = machines[thingAt(object).machine]?.[kind];
      if (rule === undefined) throw new TypeError(`No rule for ${kind}.`);
      const isDead = (other: string) => this.#find(state, other)?.ended !== undefined;
      return rule(this.valueOf(state, object) as never, operation, { me: path, isDead });
    }
    const target = kind === 'join' || kind === 'status' ? this.#find(state, String(args[0])) : undefined;
    switch (kind) {
      case 'join':
        return target?.ended === undefined ? undefined : { result: true };
      case 'status':
        if (target?.ended === undefined && !this.#exitsAreSeen) throw new ExitsAreSeen();
        return { result: target?.ended?.code ?? null };
      default:
        return {};
    }
  }

  #isSpin(node: Node, operation: Operation, result: Plain): boolean {
    if (node.period === 0) return false;
    let before: Node | undefined = node;
    for (let back = 1; back < node.period; back++) before = before?.parent;
    const of = before?.of?.operation;
    if (of === undefined || of.kind !== operation.kind || of.object !== operation.object || of.where !== operation.where) return false;
    return (LOOKING.has(of.kind) || result === GAVE_UP) && JSON.stringify(before?.event?.result) === JSON.stringify(result);
  }

  /** The state after a step; undefined while it is not known what the code does then. */
  next(state: State, step: Step): State | undefined {
    if (step.to !== undefined) return step.to;
    const proc = this.#procOf(state, step.path);
    if (step.isFlush) step.to = this.#one(this.#afterFlush(state, proc));
    else if (step.event === undefined) step.to = this.#one(this.#afterExit(state, proc));
    else {
      const node = proc.node.known(step.event);
      if (node?.stop !== undefined) step.to = this.#one(this.#after(state, step, node));
    }
    return step.to;
  }

  #one(state: State): State {
    const known = this.#states.get(state.key);
    if (known !== undefined) return known;
    if (this.#states.size < this.#limits.states) this.#states.set(state.key, state);
    return state;
  }

  /** Runs the code as far as it has not been run yet. */
  async learn(state: State, step: Step): Promise<State> {
    const { node } = this.#procOf(state, step.path);
    const event = step.event as Event;
    const child = node.child(event);
    const ahead = this.#goAlone(this.#after(state, step, child), step.path, step.isSpin);
    const live = node.live?.canGoOn ? node.live : undefined;
    node.live = undefined;
    if (live !== undefined) await live.resume(event, ahead);
    const execution = live ?? new Execution(node.behaviour, this.#seed);
    if (live === undefined) await execution.run(child.history(), ahead, this.#world, this.#require);
    if (execution.canGoOn) execution.node.live = execution;
    return this.#after(state, step, child);
  }

  async #begin(node: Node, state: State): Promise<void> {
    const execution = new Execution(node.behaviour, this.#seed);
    await execution.run([], this.#goAlone(state, node.behaviour.path), this.#world, this.#require);
    if (execution.canGoOn) execution.node.live = execution;
  }

  /** What the process would do if nobody else moved: the copy that runs goes on as far as it can, which is where others will want it. */
  #goAlone(from: State, path: string, spins = false): Ahead {
    let state = from;
    let left = this.looksFar || spins ? FAR : NEAR;
    return (node) => {
      if (left-- === 0) return undefined;
      state = this.#withNode(state, path, node);
      const proc = this.#procOf(state, path);
      if (proc.ended !== undefined) return undefined;
      let step: Step | undefined;
      try {
        step = this.#stepsOfProcess(state, proc)[0];
      } catch (error) {
        if (error instanceof ExitsAreSeen) return undefined;
        throw error;
      }
      while (step?.isFlush) {
        state = this.#afterFlush(state, this.#procOf(state, path));
        step = this.#stepsOfProcess(state, this.#procOf(state, path))[0];
      }
      if (step?.event === undefined || (step.isSpin && !spins)) return undefined;
      state = this.#after(state, step, node.child(step.event));
      return step.event;
    };
  }

  #after(state: State, { path, asked, object, value, event }: Step, node: Node): State {
    const isLate = asked?.operation.kind === 'write' && this.#limits.lateWrites;
    const late = isLate ? [{ object, index: Number(asked.operation.args[0]), cell: asked.operation.args[1] }] : [];
    let procs: readonly Proc[] = state.procs.map((proc) => (proc.path === path ? { ...proc, node, stored: isLate ? [...proc.stored, ...late] : proc.stored } : proc));
    if (asked?.operation.kind === 'start' && event?.outcome === 'done') procs = this.#withChild(procs, path, asked);
    if (asked?.operation.kind === 'kill') procs = withKilled(procs, String(asked.operation.args[0]), Number(asked.operation.args[1]));
    return this.#state(procs, object < 0 ? state.values : withValue(state.values, object, value));
  }

  #afterFlush(state: State, { path, stored: [first, ...rest] }: Proc): State {
    const { object, index, cell } = first as Stored;
    const cells = (this.valueOf(state, object) as Plain[]).with(index, cell);
    const procs = state.procs.map((proc) => (proc.path === path ? { ...proc, stored: rest } : proc));
    return this.#state(procs, withValue(state.values, object, this.#idOf(object, cells)));
  }

  #afterExit(state: State, { path, node }: Proc): State {
    let procs = state.procs.map((proc) => (proc.path === path ? { ...proc, ended: node.exit } : proc));
    for (const { path: child, ended } of state.procs) {
      if (isChild(child, path) && ended === undefined) procs = withKilled(procs, child, ENDS_WITH_PARENT);
    }
    return this.#state(procs as Proc[], state.values);
  }

  #withChild(procs: readonly Proc[], parent: string, { operation, program }: Asked): Proc[] {
    const [path, name, daemon] = operation.args as [string, string, boolean];
    const { behaviour } = (procs.find((proc) => proc.path === parent) as Proc).node;
    const child = this.#behaviour(path, name, daemon, { name: behaviour.name, pid: pidOf(parent) }, program as Captured);
    return [...procs, { path, node: child.root, ended: undefined, stored: [] }].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  #withNode(state: State, path: string, node: Node): State {
    return { procs: state.procs.map((proc) => (proc.path === path ? { ...proc, node } : proc)), values: state.values, key: '' };
  }

  #behaviour(path: string, name: string, daemon: boolean, parent: Behaviour['parent'], program: Captured): Behaviour {
    const known = digests.get(program) ?? createHash('sha1').update(serialize(program)).digest('base64');
    digests.set(program, known);
    const key = `${path} ${name} ${daemon} ${known}`;
    let found = this.#behaviours.get(key);
    if (found === undefined) {
      const made = { path, name, daemon, parent, program } as Behaviour & { root: Node };
      made.root = new Node(made);
      this.#behaviours.set(key, made);
      found = made;
    }
    return found;
  }

  #state(procs: readonly Proc[], values: readonly number[]): State {
    let key = '';
    // Of one that has ended, how it ended is all that can matter.
    for (const { node, ended, stored } of procs) {
      if (ended === undefined) key += stored.length === 0 ? `${node.id} ` : `${node.id}${JSON.stringify(stored)} `;
      else key += `.${ended.code}${ended.error ?? ''}${ended.returned === undefined ? '' : JSON.stringify(ended.returned)} `;
    }
    key += '|';
    for (let object = 0; object < values.length; object++) if (values[object]) key += ` ${object}:${values[object]}`;
    return { procs, values, key };
  }

  #values(object: number): { ids: Map<string, number>; values: unknown[] } {
    let found = this.#interned[object];
    if (found === undefined) {
      const { initial } = thingAt(object);
      found = { ids: new Map([[JSON.stringify(initial), 0]]), values: [initial] };
      this.#interned[object] = found;
    }
    return found;
  }

  #idOf(object: number, value: unknown): number {
    const { ids, values } = this.#values(object);
    const text = JSON.stringify(value);
    let id = ids.get(text);
    if (id === undefined) {
      id = values.length;
      ids.set(text, id);
      values.push(value);
    }
    return id;
  }

  #find(state: State, path: string): Proc | undefined {
    return state.procs.find((proc) => proc.path === path);
  }

  #procOf(state: State, path: string): Proc {
    return this.#find(state, path) as Proc;
  }

  /** Runs every process of a schedule's end anew, from its beginning: an EscapeError where one does something else than was learnt. */
  async confirm(state: State): Promise<void> {
    for (const { node } of state.procs) {
      const execution = new Execution(node.behaviour, this.#seed);
      await execution.run(node.history(), () => undefined, this.#world, this.#require);
    }
  }

  ending(state: State): Ending {
    const failures = state.procs.flatMap(({ node, ended }) =>
      ended === undefined || ended.code === 0 || ended.code === ENDS_WITH_PARENT ? [] : [{ name: node.behaviour.name, code: ended.code, error: ended.error }],
    );
    const endless = state.procs.find(({ node }) => node.stop === 'endless' || node.depth > this.#limits.operations);
    if (endless !== undefined) {
      const { behaviour, of } = endless.node;
      const place = of?.operation.where ? ` after ${of.operation.where}` : '';
      return { kind: 'endless', failures, sentence: `${behaviour.name} goes on for ever${place}.` };
    }
    if (state.procs.every(({ ended }) => ended !== undefined)) {
      return { kind: 'ended', returned: state.procs[0]?.ended?.returned, failures };
    }
    return { kind: 'hang', failures, sentence: hangSentence(state, (object) => this.valueOf(state, object)) };
  }
}

interface Frame {
  readonly state: State;
  readonly last: string;
  readonly forced: number;
  readonly steps: readonly Step[];
  next: number;
  tally: Tally;
}

const ENDS_WITH_PARENT = -15.5;
const digests = new WeakMap<Captured, string>();
const NOTHING: Best = { switches: 0, length: 0, first: '', code: undefined };

function add(frame: Frame, step: Step, behind: Tally, { outcomes, anyOrder }: Limits): void {
  for (const [suffix, entry] of behind) {
    const key = step.printed === undefined ? suffix : joined(step.printed, suffix, anyOrder);
    let mine = frame.tally.get(key);
    if (mine === undefined) {
      mine = { count: 0n, best: new Map() };
      frame.tally.set(key, mine);
      if (frame.tally.size > outcomes) throw new TooLarge();
    }
    mine.count += entry.count;
    for (const best of entry.best.values()) {
      const candidate = step.isSilent ? best : before(step, best);
      const known = mine.best.get(candidate.first);
      if (known === undefined || isSmaller(candidate, known)) mine.best.set(candidate.first, candidate);
    }
  }
}

function before({ path, choice }: Step, { switches, length, first, code }: Best): Best {
  const letter = letterOf(path);
  const token = choice === 0 ? letter : `${letter}${choice + 1}`;
  return { switches: switches + (first === '' || first === letter ? 0 : 1), length: length + 1, first: letter, code: { token, rest: code } };
}

export function isSmaller(one: Best, other: Best): boolean {
  if (one.switches !== other.switches) return one.switches < other.switches;
  if (one.length !== other.length) return one.length < other.length;
  return textOf(one.code) < textOf(other.code);
}

export function smallest({ best }: Entry): Best {
  return [...best.values()].reduce((least, each) => (isSmaller(each, least) ? each : least));
}

export function textOf(code: Code | undefined): string {
  const tokens: string[] = [];
  for (let at = code; at !== undefined; at = at.rest) tokens.push(at.token);
  return tokens.join(' ');
}

/** A, B, C for the children of the main process, which is M; A.B for a child of A's. */
export function letterOf(path: string): string {
  if (path === '') return 'M';
  return path
    .split('.')
    .map((number) => letters(Number(number)))
    .join('.');
}

function letters(number: number): string {
  const letter = String.fromCharCode(65 + ((number - 1) % 26));
  return number > 26 ? letters(Math.floor((number - 1) / 26)) + letter : letter;
}

// What a schedule comes to, as a text: what is printed, in its order, then the ending. '!' first: the invariant was broken on the way.

export function joined(printed: string, suffix: string, anyOrder: boolean): string {
  const isBroken = suffix.startsWith('!');
  const mark = isBroken ? '!' : '';
  const behind = isBroken ? suffix.slice(1) : suffix;
  if (!anyOrder) return `${mark}${JSON.stringify(printed)}\n${behind}`;
  // The line that is begun, then the others in the order of the alphabet.
  const [begun = '""', ...others] = behind.split('\n');
  const ending = others.pop();
  const [line = '', ...more] = `${printed}${ending === undefined ? '' : JSON.parse(begun)}`.split(/(?<=\n)/);
  const rest = [...more.map((each) => JSON.stringify(each)), ...others].sort();
  return mark + [JSON.stringify(line), ...rest, ending ?? begun].join('\n');
}

function marked(tally: Tally): Tally {
  const result: Tally = new Map();
  for (const [key, entry] of tally) {
    const broken = key.startsWith('!') ? key : `!${key}`;
    const known = result.get(broken);
    if (known === undefined) {
      result.set(broken, { count: entry.count, best: new Map(entry.best) });
      continue;
    }
    known.count += entry.count;
    for (const [first, best] of entry.best) {
      const other = known.best.get(first);
      if (other === undefined || isSmaller(best, other)) known.best.set(first, best);
    }
  }
  return result;
}

export function readOutcome(key: string): { isBroken: boolean; printed: string[]; ending: Ending } {
  const isBroken = key.startsWith('!');
  const lines = (isBroken ? key.slice(1) : key).split('\n');
  const ending = JSON.parse(lines.pop() as string) as Ending;
  return { isBroken, printed: lines.map((line) => JSON.parse(line) as string), ending };
}

/** Then there is no order, only what this one does. */
function isAlone(state: State): boolean {
  return state.procs.filter(({ ended }) => ended === undefined).length === 1;
}

function isChild(path: string, parent: string): boolean {
  const cut = path.lastIndexOf('.');
  return path !== '' && (cut < 0 ? '' : path.slice(0, cut)) === parent;
}

function withKilled(procs: readonly Proc[], path: string, code: number): Proc[] {
  const exit: Exit = { code, error: undefined, returned: undefined, isStranded: false };
  return procs.map((proc) =>
    (proc.path === path || proc.path.startsWith(`${path}.`)) && proc.ended === undefined ? { ...proc, ended: exit } : proc,
  );
}

function withValue(values: readonly number[], object: number, value: number): readonly number[] {
  if ((values[object] ?? 0) === value) return values;
  const changed = [...values];
  while (changed.length <= object) changed.push(0);
  changed[object] = value;
  return changed;
}

/** For what only looks: reading answers at once, from a state. */
export function observing<T>(search: Search, state: State, look: () => T): T {
  setRunning({
    path: 'observer',
    isNew: false,
    local: { made: 0, children: 0, random: 0, daemon: false, name: 'observer', pid: 0, parent: undefined, held: new Map(), exitcode: undefined },
    perform: (operation) => {
      if (!LOOKING.has(operation.kind) || operation.object < 0) throw new Error(`An invariant may only look, not ${operation.kind}.`);
      const rule = machines[thingAt(operation.object).machine]?.[operation.kind];
      return rule?.(search.valueOf(state, operation.object) as never, operation, { me: 'observer', isDead: () => false })?.result;
    },
    request: () => {
      throw new Error('An invariant may not await.');
    },
  });
  try {
    return look();
  } finally {
    setRunning(undefined);
  }
}
