// explore(): runs a program in every order that its operations can take, and says what each order comes to.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { capture } from '../capture/capture';
import type { Captured } from '../capture/captured';
import { restore } from '../capture/restore/restore';
import { hash, statistics } from './execution';
import { showItem } from './items';
import { escapes } from './modules';
import { forgetThings, type Plain, thingAt } from './operations';
import { type Ending, isSmaller, joined, letterOf, observing, readOutcome, Search, smallest, type State, type Step, textOf, TooLarge } from './search';
import { makeWorld } from './world';

export interface Outcome {
  readonly returned: Plain;
  /** What was printed, in its order. */
  readonly printed: readonly string[];
  readonly failures: readonly { name: string; code: number; error: string | undefined }[];
  /** Why it never ended. */
  readonly hang: string | undefined;
}

export interface ExploreOptions {
  /** To hold after every operation. May look at what processes share, and await nothing. */
  invariant?: () => boolean;
  /** What every order should come to: whether it is right, or what `program` should return. */
  expect?: Plain | ((outcome: Outcome) => boolean);
  /** Schedules to try where there are too many for all. */
  schedules?: number;
  seed?: number;
  /** Whether it is no matter in which order whole lines are printed. */
  anyOrder?: boolean;
  mostStates?: number;
  /** So often, at most, a process that could go on has to let another one go. Default: no limit. */
  mostForced?: number;
  /** Whether plain writes come out late, as on real processors. */
  lateWrites?: boolean;
  /** For measuring: walk every single schedule, or look at seeded ones only. */
  how?: 'all' | 'each' | 'fresh' | 'random' | 'pct';
}

export interface Told {
  readonly outcome: Outcome;
  readonly count: bigint;
  readonly isRight: boolean;
  readonly why: string | undefined;
  /** The smallest schedule that comes to it. */
  readonly code: string;
}

export interface Exploration {
  readonly schedules: bigint;
  /** Whether these are all there are. */
  readonly isComplete: boolean;
  readonly outcomes: readonly Told[];
  readonly failing: Told | undefined;
  /** Whether somebody who only looked, again and again, was made to wait for a change. */
  readonly hasDeferred: boolean;
  /** So many children could move at the same moment, at most. */
  readonly mostAtOnce: number;
  /** Milliseconds on the virtual clock, if there are cores enough. */
  readonly virtualMs: number;
  /** What it used that is not under control. */
  readonly escapes: readonly string[];
  readonly cost: { states: number; transitions: number; executions: number; resumed: number; ms: number };
}

interface Task {
  program: () => unknown;
  invariant: (() => boolean) | undefined;
  expect: ExploreOptions['expect'];
}

export function captureTask(program: () => unknown, { invariant, expect }: ExploreOptions): Captured {
  const task: Task = { program, invariant, expect };
  return capture(task);
}

/** What explore() does in the process that it starts for it. */
export async function exploreHere(task: Captured, options: ExploreOptions = {}): Promise<Exploration> {
  const began = performance.now();
  const { search, expect } = prepare(task, options);
  const { how = 'all', schedules = 1000, seed = 1 } = options;
  const found = new Map<string, Told>();
  let total = 0n;
  const note = (asFound: string, count: bigint, code: string, best: Parameters<typeof isSmaller>[0] | undefined) => {
    total += count;
    const key = options.anyOrder ? inOrder(asFound) : asFound;
    const told = found.get(key);
    if (told !== undefined) {
      const isBetter = best !== undefined && isSmaller(best, bests.get(key) as typeof best);
      if (isBetter) bests.set(key, best);
      found.set(key, { ...told, count: told.count + count, code: isBetter ? code : told.code });
      return;
    }
    if (best !== undefined) bests.set(key, best);
    found.set(key, judged(key, count, code, expect));
  };
  const bests = new Map<string, Parameters<typeof isSmaller>[0]>();
  let isComplete = false;
  if (how === 'all') {
    try {
      for (const [key, entry] of await search.all()) note(key, entry.count, textOf(smallest(entry).code), smallest(entry));
      isComplete = true;
    } catch (error) {
      if (!(error instanceof TooLarge)) throw error;
    }
  }
  if (!isComplete) {
    await search.seeingExits(async () => {
      found.clear();
      bests.clear();
      total = 0n;
      search.looksFar = how === 'each' || how === 'fresh';
      if (search.looksFar) {
        for await (const { key, code, best } of eachSchedule(search, options)) note(key, 1n, code, best);
        isComplete = true;
        return;
      }
      for (let round = 0; round < schedules; round++) {
        const chooser = how === 'pct' ? pct(hash(`${seed} ${round}`)) : uniform(hash(`${seed} ${round}`));
        const { key, code, best } = await walk(search, chooser, options);
        note(key, 1n, code, best);
      }
    });
  }
  // All code once more from the beginning: where it does something else, it is not the order alone that it goes by.
  for (let round = 0; round < CONFIRMED; round++) {
    const { state } = await walk(search, uniform(hash(`confirm ${seed} ${round}`)), options);
    await search.confirm(state);
  }
  const virtualMs = await timed(search);
  const outcomes = [...found.values()].sort((a, b) => (a.count === b.count ? (a.code < b.code ? -1 : 1) : a.count > b.count ? -1 : 1));
  const failing = outcomes
    .filter(({ isRight }) => !isRight)
    .sort((a, b) => tokens(a.code) - tokens(b.code) || switches(a.code) - switches(b.code) || (a.code < b.code ? -1 : 1))[0];
  return {
    schedules: total,
    isComplete,
    outcomes,
    failing,
    hasDeferred: search.hasDeferred,
    mostAtOnce: search.mostAtOnce,
    virtualMs,
    escapes: [...escapes],
    cost: {
      states: search.met,
      transitions: search.transitions,
      executions: statistics.executions,
      resumed: statistics.resumed,
      ms: performance.now() - began,
    },
  };
}

export function prepare(task: Captured, { seed = 1, mostStates = 50_000, anyOrder = false, mostForced = Number.POSITIVE_INFINITY, lateWrites = false }: ExploreOptions) {
  forgetThings();
  escapes.clear();
  Object.assign(statistics, { executions: 0, resumed: 0, operations: 0, replayed: 0, turns: 0 });
  const require = createRequire(join(process.cwd(), '[program]'));
  const world = makeWorld(require);
  const { invariant, expect } = restore(task, require, world) as Task;
  const isKnownBroken = new Map<string, boolean>();
  const search: Search = new Search(
    programOf(task),
    world,
    require,
    { anyOrder, states: mostStates, outcomes: 5_000, operations: 2_000, forced: mostForced, lateWrites },
    seed,
    (state): boolean => {
      if (invariant === undefined) return false;
      const key = state.values.join(' ');
      let isBroken = isKnownBroken.get(key);
      if (isBroken === undefined) {
        isBroken = !observing(search, state, invariant);
        isKnownBroken.set(key, isBroken);
      }
      return isBroken;
    },
  );
  return { search, expect };
}

/** The same capture with another root: what a process is told, target and arguments. */
function programOf(task: Captured): Captured {
  const root = task.nodes[(task.root as { ref: number }).ref];
  const program = root?.type === 'object' ? root.properties?.find(([key]) => key === 'program')?.[1] : undefined;
  const args = { type: 'array', length: 0, items: [] } as const;
  const whole = { type: 'object', properties: [['target', program], ['args', { ref: task.nodes.length }]] } as const;
  return { ...task, nodes: [...task.nodes, { ...args, items: [] }, whole as never], root: { ref: task.nodes.length + 1 } };
}

function judged(key: string, count: bigint, code: string, expect: ExploreOptions['expect']): Told {
  const { isBroken, printed, ending } = readOutcome(key);
  const outcome: Outcome = { returned: ending.returned, printed, failures: ending.failures, hang: ending.sentence };
  const why = faultOf(outcome, ending, isBroken, expect);
  return { outcome, count, isRight: why === undefined, why, code };
}

function faultOf(outcome: Outcome, ending: Ending, isBroken: boolean, expect: ExploreOptions['expect']): string | undefined {
  if (ending.kind !== 'ended') return ending.sentence;
  if (isBroken) return 'the invariant does not hold on the way';
  if (typeof expect === 'function') return expect(outcome) ? undefined : 'not as expected';
  const [failure] = ending.failures;
  if (failure !== undefined) return `${failure.name} ended with exit code ${failure.code}${failure.error ? `: ${failure.error}` : ''}`;
  if (expect === undefined || JSON.stringify(expect) === JSON.stringify(outcome.returned)) return undefined;
  return `returned ${JSON.stringify(outcome.returned)}, expected ${JSON.stringify(expect)}`;
}

/** The line that was printed first is one like all others. */
function inOrder(key: string): string {
  const mark = key.startsWith('!') ? '!' : '';
  const lines = key.slice(mark.length).split('\n');
  const ending = lines.pop() as string;
  return mark + [...lines.sort(), ending].join('\n');
}

const tokens = (code: string) => code.split(' ').length;
const switches = (code: string) => {
  const letters = code.split(' ').map((token) => token.replace(/\d+$/, ''));
  return letters.filter((letter, at) => at > 0 && letter !== letters[at - 1]).length;
};

// One schedule at a time.

type Choose = (steps: readonly Step[], state: State) => Step;

interface Walked {
  key: string;
  code: string;
  best: { switches: number; length: number; first: string; code: undefined | { token: string; rest: undefined } };
  taken: Taken[];
  state: State;
}

export interface Taken {
  who: string;
  what: string;
  where: string | undefined;
  isCounted: boolean;
}

async function walk(search: Search, choose: Choose, { anyOrder = false }: ExploreOptions): Promise<Walked> {
  let state = search.first();
  const printed: string[] = [];
  const path: string[] = [];
  const taken: Taken[] = [];
  let isBroken = false;
  for (;;) {
    if (!isBroken && search.isBroken(state)) isBroken = true;
    const steps = search.knownSteps(state) ?? (await search.steps(state));
    if (steps.length === 0) return finished(search, state, printed, path, taken, anyOrder, isBroken);
    const step = steps.length === 1 ? (steps[0] as Step) : choose(steps, state);
    if (step.printed !== undefined) printed.push(step.printed);
    if (!step.isSilent) path.push(step.choice === 0 ? letterOf(step.path) : `${letterOf(step.path)}${step.choice + 1}`);
    state = search.next(state, step) ?? (await search.learn(state, step));
  }
}

function finished(search: Search, state: State, printed: string[], path: string[], taken: Taken[], anyOrder: boolean, isBroken = false): Walked {
  const code = path.join(' ');
  const key = (isBroken ? '!' : '') + printed.reduceRight((suffix, text) => joined(text, suffix, anyOrder), JSON.stringify(search.ending(state)));
  const first = path[0]?.replace(/\d+$/, '') ?? '';
  return { key, code, best: { switches: switches(code), length: path.length, first, code: { token: code, rest: undefined } }, taken, state };
}

function wordsOf({ path, asked, event, isSilent, isFlush }: Step, state: State): Taken {
  const name = state.procs.find((proc) => proc.path === path)?.node.behaviour.name ?? path;
  if (isFlush) return { who: name, what: 'what it wrote comes out', where: undefined, isCounted: !isSilent };
  if (asked === undefined) return { who: name, what: 'ends', where: undefined, isCounted: !isSilent };
  const { kind, object, args, where } = asked.operation;
  const thing = object < 0 ? '' : ` ${thingAt(object).name}`;
  const shown = kind === 'put' ? [showItem(String(args[0]))] : args.filter((arg) => arg !== undefined);
  const result = event?.result === undefined ? '' : ` → ${kind === 'get' ? showItem(String(event.result)) : JSON.stringify(event.result)}`;
  return { who: name, what: `${kind}${thing} ${shown.map((arg) => JSON.stringify(arg)).join(' ')}${result}`, where, isCounted: !isSilent };
}

function mixed(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}

function uniform(seed: number): Choose {
  const random = mixed(seed);
  return (steps) => {
    // Among processes first: one that could do many things is not to be chosen more often.
    const paths = [...new Set(steps.map(({ path }) => path))];
    const path = paths[Math.floor(random() * paths.length)];
    const own = steps.filter((step) => step.path === path);
    return own[Math.floor(random() * own.length)] as Step;
  };
}

/** Burckhardt et al., ASPLOS 2010: the process of the highest priority goes, and at a few places it falls to the lowest. */
function pct(seed: number, depth = 3, length = 40): Choose {
  const random = mixed(seed);
  const priority = new Map<string, number>();
  const changes = new Set(Array.from({ length: depth - 1 }, () => Math.floor(random() * length)));
  let lowest = 0;
  let at = 0;
  return (steps) => {
    for (const { path } of steps) if (!priority.has(path)) priority.set(path, 1 + random());
    const highest = () => steps.reduce((most, step) => ((priority.get(step.path) ?? 0) > (priority.get(most.path) ?? 0) ? step : most));
    if (changes.has(at++)) priority.set(highest().path, --lowest);
    const { path } = highest();
    const own = steps.filter((step) => step.path === path);
    return own[Math.floor(random() * own.length)] as Step;
  };
}

const CONFIRMED = 5;
const WAITING = new Set(['acquire', 'get', 'wake', 'changed', 'pass', 'joined', 'put']);

/** How long it takes where only sleeping takes time: always the one goes whose clock is behind, and who waited is as late as who ended that. */
async function timed(search: Search): Promise<number> {
  const clocks = new Map<string, number>([['', 0]]);
  const things = new Map<number, number>();
  let state = search.first();
  const readyAt = ({ path, asked }: Step): number => {
    const own = clocks.get(path) ?? 0;
    if (asked === undefined) return own;
    const { kind, args, object } = asked.operation;
    if (kind === 'timer') return Math.max(own, startOf(asked) + Number(args[1] ?? 0));
    if (kind === 'sleep') return own + Number(args[0]);
    if (kind === 'join') return Math.max(own, clocks.get(String(args[0])) ?? 0);
    return WAITING.has(kind) ? Math.max(own, things.get(object) ?? 0) : own;
  };
  const begun = new Map<unknown, number>();
  const startOf = (asked: object): number => begun.get(asked) ?? 0;
  for (let taken = 0; taken < 20_000; taken++) {
    const steps = await search.steps(state);
    if (steps.length === 0) break;
    for (const { path, node } of state.procs) {
      for (const asked of node.queued) if (asked.operation.kind === 'timer' && !begun.has(asked)) begun.set(asked, clocks.get(path) ?? 0);
    }
    const step = steps.reduce((least, each) => (readyAt(each) < readyAt(least) ? each : least));
    const at = readyAt(step);
    clocks.set(step.path, at);
    const operation = step.asked?.operation;
    if (operation?.kind === 'start') clocks.set(String(operation.args[0]), at);
    if (operation !== undefined && operation.object >= 0) things.set(operation.object, at);
    state = search.next(state, step) ?? (await search.learn(state, step));
  }
  return Math.max(...clocks.values());
}

/** Without any memory of states: for measuring, and for holding the count against. */
async function* eachSchedule(search: Search, options: ExploreOptions): AsyncGenerator<Walked> {
  const choices: { at: number; of: number }[] = [];
  for (;;) {
    let depth = 0;
    const walked = await walk(search, (steps) => {
      const choice = choices[depth] ?? { at: 0, of: steps.length };
      choices[depth++] = choice;
      return steps[choice.at] as Step;
    }, options);
    if (options.how === 'fresh') await search.confirm(walked.state);
    yield walked;
    choices.length = depth;
    while (choices.length > 0) {
      const last = choices.at(-1) as { at: number; of: number };
      if (++last.at < last.of) break;
      choices.pop();
    }
    if (choices.length === 0) return;
  }
}

export async function replayHere(task: Captured, code: string, options: ExploreOptions = {}): Promise<{ taken: Taken[]; told: Told }> {
  const { search, expect } = prepare(task, options);
  const letters = code.split(' ');
  let at = 0;
  const choose: Choose = (steps) => {
    const token = letters[at] ?? '';
    const [, letter = '', number = '1'] = /^([A-Z.]+)(\d*)$/.exec(token) ?? [];
    const own = steps.filter(({ path }) => letterOf(path) === letter);
    return own.find(({ choice }) => choice === Number(number || 1) - 1) ?? (own[0] as Step) ?? (steps[0] as Step);
  };
  let state = search.first();
  const taken: Taken[] = [];
  const printed: string[] = [];
  const path: string[] = [];
  for (;;) {
    const steps = await search.steps(state);
    if (steps.length === 0) break;
    const step = steps.length === 1 && steps[0]?.isSilent ? steps[0] : choose(steps, state);
    if (!step.isSilent) {
      at++;
      path.push(letterOf(step.path));
    }
    if (step.printed !== undefined) printed.push(step.printed);
    taken.push(wordsOf(step, state));
    state = search.next(state, step) ?? (await search.learn(state, step));
  }
  const walked = finished(search, state, printed, path, taken, options.anyOrder ?? false);
  return { taken, told: judged(walked.key, 1n, code, expect) };
}
