// What comes after a standstill. A real run ends one of the waits by a DeadlockError: where the program
// catches it, the order goes on, and where it does not, the order ends there, as a hang.
import { type Edge, type Graph, toBeTold } from '../../deadlock/deadlock';
import { hangOf } from '../../deadlock/hang-kind';
import type { Asked, Node } from '../behaviour';
import { DEADLOCK, failed } from '../machines/rule';
import type { Plain } from '../operations';
import { ownerOf, type Rules } from './rules';
import { standstillOf, waitsOf } from './standstill';
import { type Proc, procOf, type State, type Step } from './states';
import { childrenAwaited, stepsOfProcess } from './steps';

interface Going {
  readonly rules: Rules;
  next(state: State, step: Step): State | undefined;
  learn(state: State, step: Step): Promise<State>;
}

/** How a wait looks for work: it is told only where no other wait can be. */
const IDLE: ReadonlySet<string> = new Set(['get', 'recv', 'ready', 'waitAny']);
/** How a pool and its workers wait for each other, which is not told. */
const OWN: ReadonlySet<string> = new Set(['take', 'collect']);
/** How many operations are looked at of a process that got the error. */
const FAR = 500;

/** Whether it is caught: by the node in which a process waits, and the number of the wait. */
const known = new WeakMap<Node, Map<number, boolean>>();

/**
 * How often a process is told: one that gives way and tries again may come into the same standstill again and
 * again.
 */
const MOST_TOLD = 2;

interface Beyond {
  /** The steps; none where the error would not be caught. */
  readonly steps: readonly Step[];
  /** Whether a process that could be told was told before, as often as is looked at. */
  readonly leavesOut: boolean;
}

export async function stepsBeyond(state: State, going: Going): Promise<Beyond> {
  const told = tellingSteps(state, going.rules);
  let isCaught = false;
  for (const step of told) isCaught ||= await catches(state, step, going);
  if (!isCaught) return { steps: [], leavesOut: false };
  const steps = told.filter(({ path }) => procOf(state, path).node.told < MOST_TOLD);
  return { steps, leavesOut: steps.length < told.length };
}

function tellingSteps(state: State, rules: Rules): Step[] {
  const graph = graphOf(state, rules);
  const found = new Map<string, { path: string; asked: Asked }>();
  for (let self = 0; self < state.procs.length; self++) {
    const { candidates = [] } = toBeTold(graph, self) ?? {};
    const busy = candidates.filter(({ edge }) => !edge.isIdle);
    for (const { thread, edge } of busy.length > 0 ? busy : candidates) {
      const proc = state.procs[thread] as Proc;
      const asked = waitsOf(proc).find(({ number }) => number === edge.id) as Asked;
      found.set(`${proc.path} ${edge.id}`, { path: proc.path, asked });
    }
  }
  return [...found.values()].map(({ path, asked }, _, all) => ({
    path,
    choice: waitsOf(procOf(state, path)).indexOf(asked),
    isSilent: all.length === 1,
    isSpin: false,
    asked,
    event: { operation: asked.number, outcome: 'done', result: tellingOf(state, rules, { path, asked }) },
    object: -1,
    value: 0,
    printed: undefined,
  }));
}

/** Each hears of its own hang. */
function tellingOf(state: State, rules: Rules, toTell: { path: string; asked: Asked }): Plain {
  return failed(DEADLOCK, hangOf(standstillOf(state, rules, toTell)) as unknown as Plain);
}

/** The processes by their places; one that has ended is in no other's way. */
function graphOf(state: State, rules: Rules): Graph {
  const placeOf = new Map(state.procs.map(({ path }, place) => [path, place]));
  const living = state.procs.flatMap(({ ended }, place) => (ended === undefined ? [place] : []));
  const edges = state.procs.map((proc, place) =>
    proc.ended === undefined
      ? [...waitsOf(proc).map((asked) => edgeOf(asked, place)), ...endsFor(proc)]
      : undefined,
  );
  return (place) => edges[place];

  /** Returns what a process waits for whose own code is over: the ends of its children. */
  function endsFor({ path, node: { exit } }: Proc): Edge[] {
    const children = exit === undefined ? [] : childrenAwaited(state, path, exit);
    return children.map((child) => {
      const owner = placeOf.get(child.path) as number;
      return { id: -1, helpers: [owner], owner, sinceMs: 0, canBeTold: false, isIdle: false };
    });
  }

  function edgeOf({ number: id, operation }: Asked, place: number): Edge {
    const { kind, object, args, isSync } = operation;
    const isJoin = kind === 'join';
    const path = isJoin ? String(args[0]) : object < 0 ? undefined : ownerOf(state, object, rules);
    const owner = path === undefined ? undefined : placeOf.get(path);
    const others = path === undefined ? living.filter((other) => other !== place) : undefined;
    const helpers = owner === undefined ? others : [owner];
    return {
      id,
      helpers,
      owner,
      sinceMs: 0,
      canBeTold: (!isJoin || isSync) && !OWN.has(kind),
      isIdle: IDLE.has(kind),
    };
  }
}

/** Whether the process goes on otherwise than to end by that error, if it goes on alone. */
async function catches(state: State, step: Step, going: Going): Promise<boolean> {
  const { node } = procOf(state, step.path);
  const { number } = step.asked as Asked;
  const ofNode = known.get(node) ?? new Map<number, boolean>();
  known.set(node, ofNode);
  const isCaught = ofNode.get(number) ?? (await goesOn(state, step, going));
  ofNode.set(number, isCaught);
  return isCaught;
}

async function goesOn(state: State, told: Step, going: Going): Promise<boolean> {
  let now = state;
  let step: Step | undefined = told;
  for (let far = 0; far < FAR && step !== undefined; far++) {
    now = going.next(now, step) ?? (await going.learn(now, step));
    const proc = procOf(now, told.path);
    if (proc.node.exit !== undefined) return !proc.node.exit.error?.startsWith(`${DEADLOCK}: `);
    [step] = stepsOfProcess(now, proc, going.rules);
  }
  return true;
}
