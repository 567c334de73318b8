// A state in which no process can go on, as the plain data that a hang is told from: which process waits for
// what, which has it, since which lines. Pure.
import type { HangHold, HangWait, Standstill } from '../../deadlock/hang';
import { RESULTS } from '../../deadlock/pool-words';
import { type Asked, takenAt } from '../behaviour';
import { takenOutside } from '../machines/semaphore';
import type { Source } from '../machines/wait-any';
import type { Operation } from '../operations';
import { joinOf, methodOf } from './methods';
import { ownerOf, type Rules } from './rules';
import { type Proc, procOf, type State } from './states';
import { childrenAwaited } from './steps';

/** Returns the standstill as it is told of one wait, if there is one that is told. */
export function standstillOf(
  state: State,
  rules: Rules,
  toTell?: { path: string; asked: Asked },
): Standstill {
  const { things } = rules;
  const procs = state.procs.filter((proc) => proc.ended === undefined && !isWithoutWork(proc));
  const placeOf = new Map(procs.map(({ path }, place) => [path, place]));
  const processes = procs.map(({ node }) => ({ name: node.behaviour.name, state: 'waits' as const }));
  const known: number[] = [];
  const objectPlace = (object: number) => {
    if (!known.includes(object)) known.push(object);
    return known.indexOf(object);
  };
  const waits: HangWait[] = [];
  let told: number | undefined;
  for (const proc of procs) {
    const process = placeOf.get(proc.path) as number;
    const add = (what: string, awaited: Awaited, where?: string) => {
      const end = placeOf.get(String(awaited));
      if (typeof awaited === 'number')
        waits.push({ process, what, for: { object: objectPlace(awaited) }, where });
      else if (end !== undefined) waits.push({ process, what, for: { end }, where });
    };
    for (const { number, operation } of waitsOf(proc)) {
      const { where } = operation;
      if (proc.path === toTell?.path && number === toTell.asked.number) told = waits.length;
      for (const awaited of awaitedBy(operation)) add(methodOf(operation, state, things), awaited, where);
    }
    if (proc.node.exit === undefined) continue;
    for (const { path } of childrenAwaited(state, proc.path, proc.node.exit)) add(joinOf(state, path), path);
  }
  const objects = known.map((object) => objectIn(state, object, rules));
  const holds = holdsOf(known, placeOf, state, rules);
  return { processes, objects, waits, holds, ...(told !== undefined && { told }) };
}

/** Returns which of these objects a process has, each process and object by its place. */
function holdsOf(
  objects: readonly number[],
  placeOf: ReadonlyMap<string, number>,
  state: State,
  rules: Rules,
): HangHold[] {
  return objects.flatMap((object, place) => {
    const owner = ownerOf(state, object, rules);
    const process = owner === undefined ? undefined : placeOf.get(owner);
    if (owner === undefined || process === undefined) return [];
    return [{ process, object: place, where: takenAt(procOf(state, owner).node, object) }];
  });
}

function objectIn(state: State, object: number, rules: Rules): Standstill['objects'][number] {
  const { name, kind, machine } = rules.things.at(object);
  if (machine === 'pool') return { kind: 'Pool', name: RESULTS };
  const parties = machine === 'barrier' ? partiesIn(state, object, rules) : undefined;
  const outside = machine === 'semaphore' ? takenOutside(valueIn(state, object, rules)) : 0;
  return { kind, name, ...(parties !== undefined && { parties }), ...(outside > 0 && { outside }) };
}

/** An idle worker of a pool has nothing to do with it. */
function isWithoutWork(proc: Proc): boolean {
  const waits = waitsOf(proc);
  return waits.length > 0 && waits.every(({ operation }) => operation.kind === 'take');
}

/** A thing, or the path of a process. */
type Awaited = number | string;

/** One, or all those of a wait() for any of them. */
function awaitedBy({ kind, object, args }: Operation): readonly Awaited[] {
  if (object >= 0) return [object];
  if (kind === 'join') return [String(args[0])];
  if (kind !== 'waitAny') return [];
  return (args as unknown as readonly Source[]).flatMap(([type, awaited]) =>
    type === 'always' || awaited === undefined ? [] : [awaited],
  );
}

function partiesIn(state: State, object: number, rules: Rules): number {
  return valueIn<{ parties: number }>(state, object, rules).parties;
}

function valueIn<T>(state: State, object: number, { values }: Rules): T {
  return values.valueAt(object, state.values[object] ?? 0) as T;
}

/** What a process waits for that cannot go on. */
export function waitsOf({ node, ended }: Proc): readonly Asked[] {
  if (ended !== undefined) return [];
  const [first] = node.fresh;
  return first === undefined ? node.queued : [...node.queued, first];
}
