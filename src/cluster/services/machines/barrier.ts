// A barrier in a room: who has come to the present generation, and how the latest ones ended. Pure.
import type { Wait } from './permits';

export interface BarrierState {
  readonly generation: number;
  readonly come: readonly Wait[];
  /** Why it is broken, in words. */
  readonly broken?: string;
  /** How the latest generations ended: 'passed', or why they broke. */
  readonly ends: { readonly [generation: string]: string };
}

export const PASSED = 'passed';
/** One who slept through that many generations believes that its own passed. */
const REMEMBERED = 64;

export const wholeBarrier = (): BarrierState => ({ generation: 0, come: [], ends: {} });

export interface Arrival {
  readonly generation: number;
  readonly place: number;
}

/** Who has come already, because the answer to its coming was lost, has its place. */
export function come(
  state: BarrierState,
  wait: Wait,
  parties: number,
): { state: BarrierState; arrival: Arrival } | string {
  const before = state.come.findIndex(({ process, id }) => process === wait.process && id === wait.id);
  if (before >= 0) return { state, arrival: { generation: state.generation, place: before } };
  if (state.broken !== undefined) return state.broken;
  const all = [...state.come, wait];
  const arrival = { generation: state.generation, place: state.come.length };
  return { state: all.length < parties ? { ...state, come: all } : ended(state, PASSED), arrival };
}

export function endOf({ generation, ends }: BarrierState, asked: number): string | undefined {
  if (generation <= asked) return undefined;
  return ends[asked] ?? PASSED;
}

/**
 * Unless that generation is over already. Who waits for it is told why, and so is who comes before reset().
 */
export function breakUp(state: BarrierState, generation: number | undefined, reason: string): BarrierState {
  if (generation !== undefined && state.generation !== generation) return state;
  return { ...ended(state, reason), broken: reason };
}

/** Whole and empty again. */
export function reset(state: BarrierState, reason: string): BarrierState {
  const { broken: _broken, ...whole } = state.come.length > 0 ? ended(state, reason) : state;
  return whole;
}

/** Whom one who waits looks after: the one who came before it, and the first one the last. */
export function looksAfter({ come: all }: BarrierState, place: number): string[] {
  const other = all.at(place - 1);
  return other === undefined || other === all[place] ? [] : [other.process];
}

function ended(state: BarrierState, how: string): BarrierState {
  const ends: Record<string, string> = { ...state.ends, [state.generation]: how };
  delete ends[state.generation - REMEMBERED];
  return { ...state, generation: state.generation + 1, come: [], ends };
}
