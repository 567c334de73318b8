// The states of one program: which one it begins in, what can happen in each, and which comes behind. Runs
// code only where it has not been run so far.
import type { Captured } from '../../capture/captured';
import { type Behaviour, Behaviours, type Event, type Live, lighten, type Node } from '../behaviour';
import { type Ahead, Execution } from '../execution';
import { ENDED_WITH_PARENT, type Plain } from '../operations';
import { isChild, MAIN } from '../paths';
import type { Surroundings } from '../surroundings';
import { stepsBeyond } from './beyond-hang';
import { timeOf, timersOf } from './clocks';
import { learnsLoops } from './going-round';
import type { Loops } from './loops';
import { Memories, type Memorizing } from './memory';
import { checkCount } from './most-processes';
import { aroundOf, isEndless, type Rules, SeesMore, type Sight } from './rules';
import {
  newProc,
  newState,
  type Proc,
  procOf,
  type State,
  type Step,
  withChild,
  withEnded,
  withNumber,
  withProc,
} from './states';
import { findSteps, isStuck, stepsOfProcess } from './steps';
import { withStored } from './stores';
import { Values } from './values';

interface SearchOptions {
  readonly lateWrites: boolean;
  /** What is known of them, by all searches of the program. */
  readonly loops: Loops;
  readonly mostOperations: number;
  /** How many states are kept, so that each is met once. */
  readonly mostStates: number;
}

/** How far a copy goes on alone. Where orders are walked one by one, others soon come between. */
const FAR = 500;
const NEAR = 12;
/** How many copies are kept that stand where their code awaits. */
const MOST_LIVING = 1_000;

export class Search {
  readonly behaviours: Behaviours;
  readonly rules: Rules;
  readonly #surroundings: Surroundings;
  readonly #mostStates: number;
  readonly #sight: Sight = { exits: false, clocks: false, loops: false, cuts: false };
  readonly #main: Node;
  readonly #states = new Map<string, State>();
  readonly #living: Node[] = [];
  readonly #memories: Memories | undefined;
  looksFar = true;
  /** Whether orders were left out in which a process that only looks looks on. */
  hasDeferred = false;
  /** Whether orders were left out in which a process is told of a standstill again and again. */
  hasLeftOut = false;
  /** How many children could move at the same moment. */
  mostAtOnce = 0;

  constructor(
    program: Captured,
    surroundings: Surroundings,
    options: SearchOptions,
    behaviours = new Behaviours(),
    memorizing?: Memorizing,
  ) {
    const { lateWrites, loops, mostOperations, mostStates } = options;
    const { things } = surroundings;
    this.behaviours = behaviours;
    const values = new Values(things);
    this.rules = { things, values, sight: this.#sight, loops, lateWrites, mostOperations };
    this.#memories = memorizing && new Memories(memorizing, this.rules);
    this.#surroundings = surroundings;
    this.#mostStates = mostStates;
    this.#main = behaviours.of({
      path: MAIN,
      name: 'MainProcess',
      daemon: false,
      parent: undefined,
      program,
    }).root;
  }

  first(): State {
    return this.#one(newState({ procs: [newProc(MAIN, this.#main, 0)], values: [], times: [], memory: 0 }));
  }

  /** What the check remembers of the way to a state. */
  memoryOf({ memory }: State): Plain {
    return this.#memories?.at(memory);
  }

  valueOf(state: State, object: number): unknown {
    return this.rules.values.valueAt(object, state.values[object] ?? 0);
  }

  /** Searches, and begins anew where the program looks at more than the search did. */
  async seeing<T>(search: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await search();
      } catch (error) {
        if (!(error instanceof SeesMore)) throw error;
        this.see(error.what);
      }
    }
  }

  see(what: keyof Sight): void {
    this.#sight[what] = true;
    this.forgetStates();
  }

  /** Whether loops without end are left after a few rounds. */
  cutLoops(isCut: boolean): void {
    this.#sight.cuts = isCut;
    this.forgetStates();
  }

  forgetStates(): void {
    this.#states.clear();
  }

  /** Returns what can happen next; nothing at the end, or where no process can go on. */
  async steps(state: State): Promise<readonly Step[]> {
    if (state.steps !== undefined) return state.steps;
    this.#surroundings.breathe();
    for (const { node } of state.procs) {
      const { behaviour, stop } = node;
      if (stop === undefined) await this.#run(behaviour, [], this.#goAlone(state, behaviour.path));
    }
    const { steps, hasDeferred, atOnce } = findSteps(state, this.rules);
    this.hasDeferred ||= hasDeferred;
    this.mostAtOnce = Math.max(this.mostAtOnce, atOnce);
    state.steps = steps;
    if (steps.length === 0 && learnsLoops(state, this.rules)) throw new SeesMore('loops');
    if (steps.length === 0 && isStuck(state, this.rules)) await this.#goBeyond(state);
    return state.steps;
  }

  async #goBeyond(state: State): Promise<void> {
    const { steps, leavesOut } = await stepsBeyond(state, this);
    this.hasLeftOut ||= leavesOut;
    state.steps = steps;
    state.isLeftOut = leavesOut && steps.length === 0;
  }

  /** The state after a step; undefined while it is not known what the code does then: learn(). */
  next(state: State, step: Step): State | undefined {
    if (step.to !== undefined) return step.to;
    const behind = this.#behind(state, step);
    if (behind !== undefined) step.to = this.#one(this.#remembering(step, state, behind));
    return step.to;
  }

  #behind(state: State, step: Step): State | undefined {
    const proc = procOf(state, step.path);
    if (step.isFlush) return this.#afterFlush(state, proc);
    if (step.event === undefined) return this.#afterExit(state, proc);
    const node = proc.node.known(step.event);
    return node?.stop === undefined ? undefined : this.#after(state, step, node);
  }

  /** Runs the code as far as it has not been run yet. */
  async learn(state: State, step: Step): Promise<State> {
    const { node } = procOf(state, step.path);
    const event = step.event as Event;
    const child = node.child(event);
    const ahead = this.#goAlone(this.#after(state, step, child), step.path, step.isSpin);
    const live = node.live?.canGoOn ? node.live : undefined;
    node.live = undefined;
    if (live === undefined) await this.#run(node.behaviour, child.history(), ahead);
    else {
      await live.resume(event, ahead);
      this.#keep(live);
    }
    return this.next(state, step) as State;
  }

  /**
   * Runs a process anew, from its beginning to there: an EscapeError where it does something else than was
   * learnt.
   */
  async confirm(node: Node): Promise<void> {
    await new Execution(node.behaviour, this.#surroundings).run(node.history(), () => undefined);
  }

  /**
   * A copy that can go on is a whole program in memory: the oldest are let go, and run again where they are
   * wanted.
   */
  #keep(live: Live): void {
    if (!this.looksFar) lighten(live.node);
    if (!live.canGoOn) return;
    live.node.live = live;
    this.#living.push(live.node);
    if (this.#living.length > MOST_LIVING) (this.#living.shift() as Node).live = undefined;
  }

  async #run(behaviour: Behaviour, history: readonly Event[], ahead: Ahead): Promise<void> {
    const execution = new Execution(behaviour, this.#surroundings);
    await execution.run(history, ahead);
    this.#keep(execution);
  }

  /**
   * Finds what the process would do if no other moved: the copy that runs goes on as far as it can, which is
   * where others will want it.
   */
  #goAlone(from: State, path: string, spins = false): Ahead {
    let state = from;
    let left = this.looksFar || spins ? FAR : NEAR;
    return (node) => {
      if (left-- === 0) return undefined;
      state = { ...state, procs: withProc(state.procs, path, { node }) };
      if (procOf(state, path).ended !== undefined) return undefined;
      let [step] = this.#knownSteps(state, path);
      while (step?.isFlush) {
        state = this.#afterFlush(state, procOf(state, path));
        [step] = this.#knownSteps(state, path);
      }
      if (step?.event === undefined || (step.isSpin && !spins)) return undefined;
      if (isEndless(procOf(state, path), this.rules)) return undefined;
      state = this.#after(state, step, node.child(step.event));
      return step.event;
    };
  }

  #knownSteps(state: State, path: string): Step[] {
    try {
      return stepsOfProcess(state, procOf(state, path), this.rules);
    } catch (error) {
      if (error instanceof SeesMore) return [];
      throw error;
    }
  }

  #remembering(step: Step, before: State, behind: State): State {
    if (this.#memories === undefined) return behind;
    return newState({ ...behind, memory: this.#memories.after(step, before, behind) });
  }

  #one(state: State): State {
    const known = this.#states.get(state.key);
    if (known !== undefined) return known;
    if (this.#states.size < this.#mostStates) this.#states.set(state.key, state);
    return state;
  }

  #after(state: State, step: Step, node: Node): State {
    const { path, asked, object, value } = step;
    const proc = procOf(state, path);
    const kind = asked?.operation.kind;
    const isLate = kind === 'write' && this.rules.lateWrites && asked !== undefined;
    const stored = isLate ? [...proc.stored, asked.operation] : proc.stored;
    const timing = this.#timing(state, step, node);
    let procs = withProc(state.procs, path, { node, stored, ...timing });
    if (kind === 'start' && asked !== undefined && asked.refused === undefined) {
      checkCount(procs, String(asked.operation.args[0]));
      procs = withChild(procs, path, asked, this.behaviours);
    }
    if (kind === 'kill' && asked !== undefined) {
      const [target, code] = asked.operation.args;
      procs = withEnded(procs, String(target), Number(code));
    }
    const values = object < 0 ? state.values : withNumber(state.values, object, value);
    const times =
      object < 0 || timing === undefined ? state.times : withNumber(state.times, object, timing.clock);
    return newState({ procs, values, times, memory: state.memory });
  }

  #timing(state: State, step: Step, node: Node): Pick<Proc, 'clock' | 'timers'> | undefined {
    if (!this.#sight.clocks || step.event?.outcome === 'queued') return undefined;
    const clock = timeOf(state, step);
    return { clock, timers: timersOf(procOf(state, step.path), node, clock) };
  }

  #afterFlush(state: State, proc: Proc): State {
    const [first, ...rest] = proc.stored;
    if (first === undefined) return state;
    const { object } = first;
    const value = withStored(this.valueOf(state, object), first, aroundOf(state, proc.path, this.rules));
    const values = withNumber(state.values, object, this.rules.values.idOf(object, value));
    const procs = withProc(state.procs, proc.path, { stored: rest });
    return newState({ ...state, procs, values });
  }

  #afterExit(state: State, { path, node }: Proc): State {
    let procs = withProc(state.procs, path, { ended: node.exit });
    for (const { path: child } of state.procs) {
      if (isChild(child, path)) procs = withEnded(procs, child, ENDED_WITH_PARENT);
    }
    return newState({ ...state, procs });
  }
}
