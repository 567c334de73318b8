// A state in which nobody can go on, as the plain data that a hang is told from: who waits for what, who has
// it, since which lines. Pure.
import type { HangHold, HangProcess, HangWait, Standstill } from '../../deadlock/hang';
import type { Asked, Node } from '../behaviour';
import { methodOf } from './methods';
import { ownerOf, type Rules } from './rules';
import { nameOf, type Proc, type State } from './states';

export function standstillOf(state: State, rules: Rules): Standstill {
  const { things } = rules;
  const placeOf = new Map(state.procs.map(({ path }, place) => [path, place]));
  const processes = state.procs.map(processOf);
  const known: number[] = [];
  const objectPlace = (object: number) => {
    if (!known.includes(object)) known.push(object);
    return known.indexOf(object);
  };
  const waits: HangWait[] = [];
  const holds: HangHold[] = [];
  for (const proc of state.procs) {
    for (const asked of waitsOf(proc)) {
      const { operation } = asked;
      const { object, args, where } = operation;
      const process = placeOf.get(proc.path) as number;
      if (object >= 0) {
        const what = methodOf(operation, things.at(object));
        waits.push({ process, what, for: { object: objectPlace(object) }, where });
      } else if (operation.kind === 'join') {
        const end = placeOf.get(String(args[0]));
        const what = `${nameOf(state, String(args[0]))}.join()`;
        if (end !== undefined) waits.push({ process, what, for: { end }, where });
      }
    }
  }
  for (const [place, object] of known.entries()) {
    const owner = ownerOf(state, object, rules);
    const process = owner === undefined ? undefined : placeOf.get(owner);
    const node = state.procs.find(({ path }) => path === owner)?.node;
    if (process !== undefined) holds.push({ process, object: place, where: takenAt(node, object) });
  }
  const objects = known.map((object) => {
    const { name, kind, machine } = things.at(object);
    const parties = machine === 'barrier' ? partiesIn(state, object, rules) : undefined;
    return { kind, name, ...(parties !== undefined && { parties }) };
  });
  return { processes, objects, waits, holds };
}

function processOf({ node, ended }: Proc): HangProcess {
  const { name } = node.behaviour;
  if (ended === undefined) return { name, state: 'waits' };
  return { name, state: ended.code === 0 ? 'ended' : 'died' };
}

function partiesIn(state: State, object: number, { values }: Rules): number {
  const { parties } = values.valueAt(object, state.values[object] ?? 0) as { parties: number };
  return parties;
}

/** What a process waits for that cannot go on. */
export function waitsOf({ node, ended }: Proc): readonly Asked[] {
  if (ended !== undefined) return [];
  const [first] = node.fresh;
  return first === undefined ? node.queued : [...node.queued, first];
}

/** The line in which it took what it holds. */
export function takenAt(node: Node | undefined, object: number): string | undefined {
  for (let at = node; at !== undefined; at = at.parent) {
    const of = at.of?.operation;
    if (of?.kind === 'acquire' && of.object === object && at.event?.outcome === 'done') return of.where;
  }
  return undefined;
}
