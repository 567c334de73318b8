// Follows the code of an order: where it leads, what happens on the way, and what could happen next.
import { counted } from '../../system/counted';
import type { Trace } from '../../trace/record';
import { showItem } from '../items';
import { shown } from '../machines';
import type { Replay } from '../outcome';
import { isChild, letterOf } from '../paths';
import type { Move, ObjectView, Position, ProcessView } from '../position';
import { type ReadCode, readCode, tokenOf, writeCode } from '../search/codes';
import { BROKEN_KEY, orderKey, readKey } from '../search/endings';
import { blockedIn } from '../search/events';
import { endingOf } from '../search/final-state';
import { endlessIn, onceRound } from '../search/loop';
import { waitedFor, wordsOf } from '../search/methods';
import { ownerOf, type Rules } from '../search/rules';
import type { Search } from '../search/search';
import { waitsOf } from '../search/standstill';
import { nameOf, type Proc, type State, type Step } from '../search/states';
import { Tracer } from '../search/tracer';
import { shortened } from '../shortened';
import { BROKEN, faultOf, outcomeOf } from './judge';
import type { Prepared } from './prepared';
import { goRound, isNamed } from './rounds';

/** The code fits no order of the program. */
export class NoSuchOrder extends Error {}

interface Followed {
  readonly search: Search;
  readonly state: State;
  readonly steps: readonly Step[];
  readonly tokens: readonly string[];
  readonly printed: readonly string[];
  readonly tracer: Tracer;
  /** The step that broke the invariant, in words. */
  readonly brokenBy: string | undefined;
}

export async function replay(prepared: Prepared, code: string): Promise<Replay<string>> {
  const read = readCode(code);
  const followed = await follow(prepared, read, true);
  const { printed, state, search, tracer, brokenBy } = followed;
  const { anyOrder } = prepared.settings;
  const key = orderKey(printed, endingOf(state, search), anyOrder);
  const ended = readKey(brokenBy === undefined ? key : BROKEN_KEY);
  const outcome = { ...outcomeOf(ended), printed };
  // Where the order of what is printed does not matter, it is judged in the same one as all like it.
  const fault = faultOf(ended, anyOrder ? outcomeOf(ended) : outcome, prepared.expect);
  const why = fault === BROKEN ? brokenBy : fault;
  return {
    code: writeCode({ isLate: read.isLate, tokens: followed.tokens }),
    trace: tracer.trace,
    outcome,
    isRight: why === undefined,
    why,
    lines: tracer.lines,
  };
}

export async function look(
  prepared: Prepared,
  tokens: readonly string[],
): Promise<{ position: Position; trace: Trace }> {
  const followed = await follow(prepared, { isLate: false, tokens });
  const { search, state, steps, printed, brokenBy, tracer } = followed;
  const { rules } = search;
  const moves: Move[] = steps.map((step) => ({
    token: tokenOf(step),
    process: nameOf(state, step.path),
    what: wordsOf(step, state, rules.things),
    where: step.asked?.operation.where,
  }));
  return {
    trace: tracer.trace,
    position: {
      code: writeCode({ isLate: false, tokens: followed.tokens }),
      moves,
      processes: state.procs.map((proc) => viewOf(proc, state, steps, rules)),
      objects: objectsIn(state, tracer, rules),
      printed,
      isOver: overAs(prepared, search, state, steps, printed, brokenBy),
    },
  };
}

/**
 * `isWhole`: to the end of an order, or to where the invariant is broken, whatever may come behind. Whether
 * the end of a process is a step depends on whether the search has met a process that looks at ends; the
 * search that gave the code may have met one, or none.
 */
async function follow(prepared: Prepared, { isLate, tokens }: ReadCode, isWhole = false): Promise<Followed> {
  const search = isLate ? prepared.late : prepared.current;
  const followIn = (where: Search, endsAreSilent = false) =>
    where.seeing(() => followOnce(where, prepared, { tokens, isWhole, endsAreSilent }));
  try {
    return await followIn(search);
  } catch (error) {
    if (!(error instanceof NoSuchOrder)) throw error;
    const other = search.rules.sight.exits ? followIn(search, true) : followIn(seeingEnds(prepared, isLate));
    return await other.catch(() => {
      throw error;
    });
  }
}

function seeingEnds(prepared: Prepared, isLate: boolean): Search {
  const search = prepared.search(isLate);
  search.see('exits');
  return search;
}

interface Following {
  readonly tokens: readonly string[];
  readonly isWhole: boolean;
  /** Whether ends come as soon as they can, as where no process looks at them. */
  readonly endsAreSilent: boolean;
}

async function followOnce(
  search: Search,
  prepared: Prepared,
  { tokens, isWhole, endsAreSilent }: Following,
): Promise<Followed> {
  const isBroken = prepared.brokenIn(search);
  const tracer = new Tracer(search.rules, 'steps');
  const printed: string[] = [];
  const taken: string[] = [];
  let state = search.first();
  let brokenBy = isBroken(state) ? `${BROKEN}: from the beginning` : undefined;
  const moments: Moment[] = [];
  for (let at = 0; ; ) {
    const steps = await search.steps(state);
    tracer.stands(state);
    const here = { search, state, steps, tokens: taken, printed, tracer, brokenBy };
    if (isWhole && brokenBy !== undefined) return here;
    const silent = steps.length === 1 && steps[0]?.isSilent ? steps[0] : undefined;
    const unasked = silent ?? (endsAreSilent ? steps.find((step) => isBareEnd(step, state)) : undefined);
    if (unasked === undefined && (at === tokens.length || steps.length === 0)) {
      if (at < tokens.length) throw new NoSuchOrder(goesTooFar(tokens, at));
      if (!isWhole) return here;
      const way = steps.length > 0 ? await goRound(search, state, tokens) : { steps: [], last: state };
      if (way === undefined) throw new NoSuchOrder(endsEarly(tokens, steps));
      return { ...here, state: way.last, ...asFarAsItsLoop(search, moments, way.last) };
    }
    const step = unasked ?? chosen(tokens, at++, steps);
    if (silent === undefined) taken.push(tokenOf(step));
    const behind = search.next(state, step) ?? (await search.learn(state, step));
    tracer.took(step, state, behind);
    moments.push({ step, before: state, behind, isChosen: step !== unasked });
    if (step.printed !== undefined) printed.push(step.printed);
    if (brokenBy === undefined && isBroken(behind)) brokenBy = `${BROKEN}: ${tracer.lines.at(-1)}`;
    state = behind;
  }
}

interface Moment {
  readonly step: Step;
  readonly before: State;
  readonly behind: State;
  /** Whether the code has chosen it. */
  readonly isChosen: boolean;
}

/** What an order that never ends is told as: what the code says, and once round its loop. */
function asFarAsItsLoop(
  search: Search,
  moments: readonly Moment[],
  last: State,
): Partial<Pick<Followed, 'tracer' | 'printed'>> {
  const endless = endlessIn(last, search.rules);
  if (endless === undefined) return {};
  const loop = onceRound(
    moments.map(({ step }) => step),
    endless,
  );
  const length = Math.max(loop ?? moments.length, moments.findLastIndex(({ isChosen }) => isChosen) + 1);
  const tracer = new Tracer(search.rules, 'steps');
  const told = moments.slice(0, length);
  for (const { step, before, behind } of told) {
    tracer.stands(before);
    tracer.took(step, before, behind);
  }
  tracer.lines.push(`${letterOf(endless)} (${nameOf(last, endless)}) goes on like this for ever`);
  return { tracer, printed: told.flatMap(({ step }) => step.printed ?? []) };
}

/**
 * Whether it is the end of a process with which no child ends: no process can tell, if none looks at ends.
 */
function isBareEnd({ path, asked, isFlush }: Step, { procs }: State): boolean {
  if (asked !== undefined || isFlush) return false;
  return !procs.some((other) => isChild(other.path, path) && other.ended === undefined);
}

function chosen(tokens: readonly string[], at: number, steps: readonly Step[]): Step {
  const step = steps.find((each) => isNamed(each, tokens[at] as string));
  if (step !== undefined) return step;
  throw new NoSuchOrder(`${afterCode(tokens.slice(0, at))} it goes on with ${oneOf(steps)}`);
}

function endsEarly(tokens: readonly string[], steps: readonly Step[]): string {
  return `${afterCode(tokens)} it goes on with ${oneOf(steps)}`;
}

function goesTooFar(tokens: readonly string[], at: number): string {
  return at === 0
    ? 'there is nothing to choose in this program'
    : `${afterCode(tokens.slice(0, at))} it is over`;
}

/** A long code is told by its beginning, and by how many steps it has. */
function afterCode(tokens: readonly string[]): string {
  if (tokens.length === 0) return 'at its beginning';
  const code = tokens.join(' ');
  const told = shortened(code);
  return told === code ? `after '${code}'` : `after the ${counted(tokens.length, 'step')} '${told}'`;
}

function oneOf(steps: readonly Step[]): string {
  return steps.map(tokenOf).join(' or ');
}

function viewOf(proc: Proc, state: State, steps: readonly Step[], rules: Rules): ProcessView {
  const { path, ended, node } = proc;
  const letter = letterOf(path);
  const { name } = node.behaviour;
  const none = { what: undefined, where: undefined, waitsFor: undefined, heldBy: undefined, holds: [] };
  if (ended !== undefined) return { ...none, letter, name, state: 'ended', exitcode: ended.code };
  const holds = rules.things.all.flatMap(({ name: thing }, object) =>
    ownerOf(state, object, rules) === path ? thing : [],
  );
  const shared = { letter, name, holds, exitcode: undefined };
  const next = steps.find((step) => step.path === path);
  const isBlocked = blockedIn(state, rules).some((blocked) => blocked.path === path);
  const wait = waitsOf(proc)[0];
  if (next !== undefined && !isBlocked) {
    const what = wordsOf(next, state, rules.things);
    return { ...none, ...shared, state: 'ready', what, where: next.asked?.operation.where };
  }
  if (wait === undefined) {
    const children = state.procs.filter((other) => isChild(other.path, path) && other.ended === undefined);
    const names = children.map((child) => child.node.behaviour.name).join(', ');
    return {
      ...none,
      ...shared,
      state: 'waiting',
      waitsFor: names === '' ? undefined : `the end of ${names}`,
    };
  }
  const { object, where } = wait.operation;
  const owner = object < 0 ? undefined : ownerOf(state, object, rules);
  const waitsFor = waitedFor(wait.operation, state, rules.things);
  const heldBy = owner === undefined ? undefined : nameOf(state, owner);
  return { ...none, ...shared, state: 'waiting', what: `waits for ${waitsFor}`, where, waitsFor, heldBy };
}

/** Returns the things to which something was done so far. */
function objectsIn(state: State, tracer: Tracer, rules: Rules): ObjectView[] {
  return [...tracer.things].map(([object, cells]) => {
    const thing = rules.things.at(object);
    const owner = ownerOf(state, object, rules);
    const holder = owner === undefined ? undefined : nameOf(state, owner);
    const value = rules.values.valueAt(object, state.values[object] ?? 0);
    const words = shown(thing.machine, value, {
      nameOf: (path) => nameOf(state, path),
      showItem,
      ...(cells !== undefined && { view: cells }),
    });
    return { name: thing.name, kind: thing.kind, value: words, holder };
  });
}

function overAs(
  prepared: Prepared,
  search: Search,
  state: State,
  steps: readonly Step[],
  printed: readonly string[],
  brokenBy: string | undefined,
): Position['isOver'] {
  if (brokenBy !== undefined) return { isBroken: true, why: brokenBy };
  if (steps.length > 0) return undefined;
  const read = { isBroken: false, printed, ending: endingOf(state, search) };
  const why = faultOf(read, outcomeOf(read), prepared.expect);
  return { isBroken: why !== undefined, why };
}
