// A moment of an explored program: how far each process has come, and what each shared thing is. Immutable,
// so that to take a step back is to use the former one. Pure.
import type { Captured } from '../../capture/captured';
import type { Asked, Behaviours, Event, Exit, Node } from '../behaviour';
import { ENDED_WITH_PARENT, type Operation } from '../operations';
import { isWithin, pidOf } from '../paths';

export interface Proc {
  readonly path: string;
  readonly node: Node;
  readonly ended: Exit | undefined;
  /** What it has written and others cannot read yet: see stores.ts. */
  readonly stored: readonly Operation[];
  /**
   * Milliseconds since the beginning of the program, and when its timers began; kept only where the program
   * asks for the time.
   */
  readonly clock: number;
  readonly timers: readonly StartedTimer[];
}

export interface StartedTimer {
  readonly number: number;
  readonly began: number;
}

export interface State {
  readonly procs: readonly Proc[];
  /** Which of its values each thing has: 0 is what it began with. */
  readonly values: readonly number[];
  /** When something was done to each thing last. */
  readonly times: readonly number[];
  /** What a check remembers of the way here: see memory.ts. */
  readonly memory: number;
  /** A key, which is the same for the same moment. */
  readonly key: string;
  /** What can happen next, once that is known. */
  steps?: readonly Step[];
  /** Orders that lead here are left out of what is walked. */
  isLeftOut?: boolean;
}

export interface Step {
  readonly path: string;
  /** Which of what its process could do, from 0. */
  readonly choice: number;
  /** No other process could tell when it happens, so it is not counted. */
  readonly isSilent: boolean;
  /** It only looks, and sees what it has seen again and again. */
  readonly isSpin: boolean;
  /** Undefined for the end of the process, and for what was written and comes out now. */
  readonly asked: Asked | undefined;
  readonly event: Event | undefined;
  readonly object: number;
  /** The value of the object behind it. */
  readonly value: number;
  readonly printed: string | undefined;
  /** What was written comes out, so that others can read it. */
  readonly isFlush?: boolean;
  /** The state behind it, once that is known. */
  to?: State;
}

export function newProc(path: string, node: Node, clock: number): Proc {
  return { path, node, ended: undefined, stored: [], clock, timers: [] };
}

export function newState(moment: Omit<State, 'key' | 'steps'>): State {
  const { procs, values, times, memory } = moment;
  let key = '';
  for (const { node, ended, stored, clock, timers } of procs) {
    // How it ended is all that can matter of a process that has ended.
    if (ended === undefined) key += `${node.id}${stored.map((write) => `(${write.key})`).join('')}`;
    else key += `.${ended.code}${ended.error ?? ''}${ended.returned ?? ''}`;
    key +=
      clock === 0 ? ' ' : `@${clock}${timers.map(({ number, began }) => `,${number}:${began}`).join('')} `;
  }
  key += '|';
  for (let object = 0; object < values.length; object++)
    if (values[object]) key += ` ${object}:${values[object]}`;
  for (let object = 0; object < times.length; object++)
    if (times[object]) key += ` ${object}@${times[object]}`;
  if (memory > 0) key += ` #${memory}`;
  return { procs, values, times, memory, key };
}

export function findProc(state: State, path: string): Proc | undefined {
  return state.procs.find((proc) => proc.path === path);
}

export function procOf(state: State, path: string): Proc {
  return findProc(state, path) as Proc;
}

export function nameOf(state: State, path: string): string {
  return findProc(state, path)?.node.behaviour.name ?? path;
}

export function withProc(procs: readonly Proc[], path: string, change: Partial<Proc>): readonly Proc[] {
  return procs.map((proc) => (proc.path === path ? { ...proc, ...change } : proc));
}

/** Returns the processes with the child that one has just started. */
export function withChild(
  procs: readonly Proc[],
  parent: string,
  { operation, program }: Asked,
  behaviours: Behaviours,
): readonly Proc[] {
  const [path, name, daemon] = operation.args as [string, string, boolean];
  const { node, clock } = procs.find((proc) => proc.path === parent) as Proc;
  const child = behaviours.of({
    path,
    name,
    daemon,
    parent: { name: node.behaviour.name, pid: pidOf(parent) },
    program: program as Captured,
  });
  return [...procs, newProc(path, child.root, clock)].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Returns the processes after the end of this one, with which its own children end. */
export function withEnded(procs: readonly Proc[], path: string, code: number): readonly Proc[] {
  const exit: Exit = { code, error: undefined, returned: undefined, isStranded: false, isAtOnce: true };
  return procs.map((proc) =>
    isWithin(proc.path, path) && proc.ended === undefined
      ? { ...proc, ended: proc.path === path ? exit : { ...exit, code: ENDED_WITH_PARENT } }
      : proc,
  );
}

export function withNumber(numbers: readonly number[], at: number, number: number): readonly number[] {
  if ((numbers[at] ?? 0) === number) return numbers;
  const changed = [...numbers];
  while (changed.length <= at) changed.push(0);
  changed[at] = number;
  return changed;
}

/** Then there is no order, only what this one does. */
export function isAlone(state: State): boolean {
  let living = 0;
  for (const { ended } of state.procs) if (ended === undefined) living++;
  return living === 1;
}
