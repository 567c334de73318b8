// What can happen next in a state. Runs no code: everything comes from what is known of the processes and
// from the rules of the things. Pure.
import type { Asked, Event, Exit, Node } from '../behaviour';
import { type Done, LOOKING, SILENT } from '../machines';
import { GAVE_UP, type Operation, type Plain } from '../operations';
import { isChild, MAIN } from '../paths';
import { goesRound } from './going-round';
import { attempt, isEndless, type Rules, SeesMore, waysOf } from './rules';
import { isAlone, type Proc, procOf, type State, type Step } from './states';
import { flushStep, mayGoFirst } from './stores';

export interface Found {
  readonly steps: readonly Step[];
  /**
   * A process that only looks, three times the same, is made to wait for a change: orders in which it looks
   * on are left out.
   */
  readonly hasDeferred: boolean;
  /** How many children could move. */
  readonly atOnce: number;
}

/**
 * Finds nothing at the end, or where no process can go on. It finds one silent step where there is one: when
 * that happens, no process can tell.
 */
export function findSteps(state: State, rules: Rules): Found {
  const all: Step[] = [];
  for (const proc of state.procs) {
    const own = ownSteps(state, proc, rules);
    const only = own[0];
    if (own.length === 1 && only !== undefined && !only.isSpin && (only.isSilent || isAlone(state))) {
      return { steps: [{ ...only, isSilent: true }], hasDeferred: false, atOnce: 0 };
    }
    for (const step of own) all.push(step);
  }
  const going = all.every(({ isSpin }) => !isSpin) ? all : all.filter(({ isSpin }) => !isSpin);
  const atOnce = childrenIn(going);
  if (going.length > 0 || all.length === 0)
    return { steps: going, hasDeferred: going.length < all.length, atOnce };
  // Everybody only looks, again and again: in turn, for all orders come to the same.
  const depth = (step: Step) => procOf(state, step.path).node.depth;
  const next = all.reduce((least, step) => (depth(step) < depth(least) ? step : least));
  return { steps: [{ ...next, isSilent: true }], hasDeferred: false, atOnce };
}

/** Finds the steps of one process; one that only goes round is one that only looks. */
export function ownSteps(state: State, proc: Proc, rules: Rules): Step[] {
  if (isEndless(proc, rules)) return endlessSteps(proc);
  const steps = stepsOfProcess(state, proc, rules);
  return goesRound(state, proc, rules) ? steps.map((step) => ({ ...step, isSpin: true })) : steps;
}

/**
 * How often it goes round is not seen; others go on meanwhile, and may end it. What it has written comes out
 * all the same.
 */
function endlessSteps({ path, stored }: Proc): Step[] {
  return stored.length === 0 ? [] : [flushStep(path, 0)];
}

/** Whether a state without steps has not come to its end, and no process goes on for ever. */
export function isStuck({ procs }: State, rules: Rules): boolean {
  return procs.some(({ ended }) => ended === undefined) && !procs.some((proc) => isEndless(proc, rules));
}

/** The steps of one process stand together. */
function childrenIn(steps: readonly Step[]): number {
  let count = 0;
  let last = MAIN;
  for (const { path } of steps) {
    if (path !== last && path !== MAIN) count++;
    last = path;
  }
  return count;
}

export function stepsOfProcess(state: State, proc: Proc, rules: Rules): Step[] {
  if (proc.ended !== undefined) return [];
  if (proc.stored.length > 0) return stepsWhileStored(state, proc, rules);
  if (proc.node.exit !== undefined) return exitSteps(state, proc, proc.node.exit, rules);
  if (proc.node.fresh.length > 0) return freshSteps(state, proc, rules);
  return queuedSteps(state, proc, rules);
}

/**
 * What was asked first is tried first; where it must wait and the code does not stand still for it, the code
 * goes on meanwhile.
 */
function freshSteps(state: State, proc: Proc, rules: Rules): Step[] {
  const { node, path } = proc;
  const [asked, ...behind] = node.fresh as [Asked, ...Asked[]];
  const found = isBehind(asked, node.queued)
    ? giveUp(state, proc, asked, 0, rules)
    : trySteps(state, proc, asked, 0, rules);
  const [step] = found;
  const { isSync, timeoutMs, object } = asked.operation;
  const isOnly = behind.length === 0 && node.queued.length === 0 && node.stop === 'quiet';
  // No code waits for this join(): what comes next may come before the other one's end.
  const isUnawaited =
    asked.operation.kind === 'join' && !isSync && behind.length > 0 && node.stop !== 'quiet';
  if (isUnawaited && step?.event?.result !== true && !rules.sight.exits) throw new SeesMore('exits');
  if ((step === undefined || step.event?.result === GAVE_UP) && !isSync && !isOnly && timeoutMs !== 0) {
    const event: Event = { operation: asked.number, outcome: 'queued' };
    const value = state.values[object] ?? 0;
    found.push({
      path,
      choice: found.length,
      isSilent: false,
      isSpin: false,
      asked,
      event,
      object,
      value,
      printed: undefined,
    });
  }
  return found;
}

/** Any wait that can end, and of the timers the one that is due first. */
function queuedSteps(state: State, proc: Proc, rules: Rules): Step[] {
  const found: Step[] = [];
  const { queued } = proc.node;
  for (const [at, asked] of queued.entries()) {
    if (asked.operation.kind === 'timer') continue;
    const steps = isBehind(asked, queued.slice(0, at)) ? giveUp : trySteps;
    found.push(...steps(state, proc, asked, found.length, rules));
  }
  const timers = queued.filter(({ operation }) => operation.kind === 'timer');
  if (timers.length > 0) {
    const due = ({ operation }: Asked) => Number(operation.args[0]);
    const soonest = timers.reduce((least, timer) => (due(timer) < due(least) ? timer : least));
    const [step] = trySteps(state, proc, soonest, found.length, rules);
    if (step !== undefined) found.push({ ...step, isSilent: queued.length === timers.length });
  }
  return found.length > 1 ? found.map((step) => ({ ...step, isSilent: false })) : found;
}

/** Waits of one process for one thing take turns, in the order they came. A blocking call overtakes them. */
function isBehind({ operation }: Asked, before: readonly Asked[]): boolean {
  const { kind, isSync, timeoutMs } = operation;
  if (!IN_TURN.has(kind) || isSync || timeoutMs === 0) return false;
  return before.some((other) => isSameWait(other.operation, operation));
}

function isSameWait(one: Operation, other: Operation): boolean {
  if (one.kind !== other.kind || one.object !== other.object) return false;
  // Both ends of a pipe may be in one process.
  return !OF_AN_END.has(one.kind) || one.args[0] === other.args[0];
}

const OF_AN_END: ReadonlySet<string> = new Set(['send', 'recv']);
const IN_TURN: ReadonlySet<string> = new Set(['put', 'get', 'acquire', ...OF_AN_END]);

/** Everything but plain reading and writing lets what was written come out first. */
function stepsWhileStored(state: State, proc: Proc, rules: Rules): Step[] {
  const { path, node } = proc;
  const asked = node.exit === undefined ? node.fresh[0] : undefined;
  const step =
    asked !== undefined && mayGoFirst(proc, asked.operation)
      ? trySteps(state, proc, asked, 0, rules)[0]
      : undefined;
  if (step?.isSilent) return [step];
  return step === undefined ? [flushStep(path, 0)] : [step, flushStep(path, 1)];
}

function exitSteps(state: State, { path }: Proc, exit: Exit, { sight }: Rules): Step[] {
  const children = state.procs.filter((other) => isChild(other.path, path) && other.ended === undefined);
  if (childrenAwaited(state, path, exit).length > 0) return [];
  const isSilent = !sight.exits && children.length === 0;
  const nothing = { asked: undefined, event: undefined, object: -1, value: 0, printed: undefined };
  return [{ path, choice: 0, isSilent, isSpin: false, ...nothing }];
}

/** Returns the children whose ends one still waits for whose own code is over. */
export function childrenAwaited({ procs }: State, path: string, { isAtOnce }: Exit): readonly Proc[] {
  if (isAtOnce) return [];
  return procs.filter(
    (other) => isChild(other.path, path) && other.ended === undefined && !other.node.behaviour.daemon,
  );
}

/** One step for each way in which the operation can be done; none where it has to wait. */
function trySteps(state: State, proc: Proc, asked: Asked, choice: number, rules: Rules): Step[] {
  const { operation, refused } = asked;
  if (refused !== undefined) return [stepOf(state, proc, asked, choice, { result: refused }, rules)];
  const done = attempt(state, proc, operation, rules);
  if (done !== undefined)
    return waysOf(done).map((way, at) => stepOf(state, proc, asked, choice + at, way, rules));
  return giveUp(state, proc, asked, choice, rules);
}

/** Returns no step where it waits as long as it takes. */
function giveUp(state: State, proc: Proc, asked: Asked, choice: number, rules: Rules): Step[] {
  const { kind, timeoutMs } = asked.operation;
  if (timeoutMs === undefined) return [];
  if (kind === 'join' && !rules.sight.exits) throw new SeesMore('exits');
  return [stepOf(state, proc, asked, choice, { result: GAVE_UP }, rules)];
}

function stepOf(state: State, proc: Proc, asked: Asked, choice: number, done: Done, rules: Rules): Step {
  const { operation, number } = asked;
  const { kind, object, args } = operation;
  const { result } = done;
  return {
    path: proc.path,
    choice,
    isSilent: (SILENT.has(kind) && result !== GAVE_UP) || (kind === 'write' && rules.lateWrites),
    isSpin: isSpin(proc.node, operation, result),
    asked,
    event: { operation: number, outcome: 'done', ...(result !== undefined && { result }) },
    object,
    value: done.value === undefined ? (state.values[object] ?? 0) : rules.values.idOf(object, done.value),
    printed: kind === 'print' ? String(args[1]) : undefined,
  };
}

function isSpin(node: Node, operation: Operation, result: Plain): boolean {
  if (node.period === 0) return false;
  let before: Node | undefined = node;
  for (let back = 1; back < node.period; back++) before = before?.parent;
  const of = before?.of?.operation;
  if (
    of === undefined ||
    of.kind !== operation.kind ||
    of.object !== operation.object ||
    of.where !== operation.where
  ) {
    return false;
  }
  const isLook = LOOKING.has(of.kind) || result === GAVE_UP;
  return isLook && JSON.stringify(before?.event?.result) === JSON.stringify(result);
}
