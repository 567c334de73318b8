// What time it is for each process, if there are cores enough and only sleeping takes time: a process that
// waited for something goes on at the moment when that was done. It is kept only where the program asks for
// the time: otherwise it would tell apart states that are the same. Pure.
import { isLook, type Node } from '../behaviour';
import type { Source } from '../machines/wait-any';
import { GAVE_UP } from '../operations';
import { type Proc, procOf, type StartedTimer, type State, type Step } from './states';

/** What may have to wait for what others did to the same thing. */
const WAITING: ReadonlySet<string> = new Set([
  'acquire',
  'changed',
  'collect',
  'ended',
  'get',
  'joined',
  'put',
  'ready',
  'recv',
  'send',
  'take',
  'wake',
]);

/** Returns when a step happens. */
export function timeOf(state: State, { path, asked, event }: Pick<Step, 'path' | 'asked' | 'event'>): number {
  const { clock, node, timers } = procOf(state, path);
  if (asked === undefined) return clock;
  if (event?.outcome === 'queued') return clock;
  const { kind, args, object, timeoutMs } = asked.operation;
  if (event?.result === GAVE_UP) return clock + (timeoutMs ?? 0);
  switch (kind) {
    case 'timer': {
      const began = timers.find(({ number }) => number === asked.number)?.began ?? clock;
      return Math.max(clock, began + Number(args[1] ?? 0));
    }
    case 'sleep':
      return clock + Number(args[0]);
    case 'join':
      return Math.max(clock, state.procs.find((proc) => proc.path === args[0])?.clock ?? 0);
    case 'waitAny':
      return Math.max(clock, firstReady(state, args as unknown as readonly Source[], event?.result));
    case 'now':
      return clock + waitedByLooking(node);
    default:
      return WAITING.has(kind) ? Math.max(clock, state.times[object] ?? 0) : clock;
  }
}

/** Returns when the first of those was ready that are. */
function firstReady(state: State, sources: readonly Source[], ready: unknown): number {
  // It was told that nothing will ever come.
  if (!Array.isArray(ready)) return 0;
  const at = ([type, what]: Source): number => {
    if (type === 'end') return state.procs.find(({ path }) => path === what)?.clock ?? 0;
    return type === 'always' ? 0 : (state.times[what] ?? 0);
  };
  return Math.min(...(ready as number[]).map((index) => at(sources[index] ?? ['always'])));
}

/**
 * How long a process waited that looks at the clock again and again, and does nothing else, which lets time
 * go by: 1 ms, then 2, 4, 8 …
 */
function waitedByLooking(node: Node): number {
  let looks = 0;
  for (let at: Node | undefined = node; at !== undefined && isLook(at) && looks < 12; at = at.parent) {
    const { kind } = at.of?.operation ?? {};
    if (kind === 'sleep' || kind === 'timer') break;
    if (kind === 'now') looks++;
  }
  return looks === 0 ? 0 : 2 ** (looks - 1);
}

/** The timers that run, those that began just now included. */
export function timersOf({ timers }: Proc, node: Node, clock: number): readonly StartedTimer[] {
  const running = node.queued.filter(({ operation }) => operation.kind === 'timer');
  return running.map(
    ({ number }) => timers.find((known) => known.number === number) ?? { number, began: clock },
  );
}
