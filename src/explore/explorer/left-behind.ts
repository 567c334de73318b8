// Whether a process goes by what a child has changed that every real process has for itself, such as a global
// variable: explored ones run in one process. Only where something is left at all, all of them are run once
// more, each with all as it was in the beginning.
import { ExplorationError } from '../../errors';
import type { Behaviours, Node } from '../behaviour';
import { changesForAll } from '../escape';
import { MAIN } from '../paths';
import type { Prepared } from './prepared';
import type { Change } from './surface';

/** How many ways that processes can go are run anew. */
const MOST_WAYS = 500;

interface Left {
  readonly way: Node;
  readonly changes: readonly Change[];
  /** It does something else where it finds nothing of others. */
  readonly isOther: boolean;
}

/** @throws EscapeError where one does. */
export async function checkLeftBehind(prepared: Prepared): Promise<void> {
  const { surface, behaviours } = prepared;
  if (surface.changes().length === 0) return;
  const ways = waysOf(behaviours);
  if (ways.every(isMain)) return;
  const redo = surface.restore();
  // What was defined for good is there in every run.
  const [kept] = surface.changes();
  if (kept !== undefined) throw changesForAll('The program', kept.words);
  const all: Left[] = [];
  for (const way of someOf(ways)) all.push(await leftBy(prepared, way));
  // A main process alone may change what its children get, such as the environment.
  if (all.some(({ isOther }) => isOther)) tellWho(all);
  redo();
}

function tellWho(all: readonly Left[]): void {
  const mains = all.find(({ way }) => isMain(way))?.changes ?? [];
  for (const { way, changes } of all) {
    if (isMain(way)) continue;
    // What each does alike, as by a module that all of them load, none has from another.
    const own = changes.find((change) => !mains.some((other) => isAlike(change, other)));
    if (own !== undefined) throw changesForAll(way.behaviour.name, own.words);
  }
}

const isMain = ({ behaviour }: Node) => behaviour.path === MAIN;

/** Picks some of them, spread over all. */
function someOf(ways: readonly Node[]): Node[] {
  const every = Math.ceil(ways.length / MOST_WAYS);
  return ways.filter((_, at) => at % every === 0);
}

/** The last nodes of all that was learnt, those of the main process first. */
function waysOf(behaviours: Behaviours): Node[] {
  const found: Node[] = [];
  const open = [...behaviours.all()].map(({ root }) => root).reverse();
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const behind = [...node.children].filter(({ stop }) => stop !== undefined);
    if (behind.length > 0) open.push(...behind);
    else if (node.stop !== undefined) found.push(node);
  }
  return found;
}

async function leftBy({ surface, current }: Prepared, way: Node): Promise<Left> {
  let isOther = false;
  try {
    await current.confirm(way);
  } catch (error) {
    if (!(error instanceof ExplorationError)) throw error;
    isOther = true;
  }
  const changes = surface.changes();
  surface.restore();
  return { way, changes, isOther };
}

/** Each run makes its functions anew. */
function isAlike(one: Change, other: Change): boolean {
  if (one.words !== other.words) return false;
  if (typeof one.value !== 'function' || typeof other.value !== 'function')
    return Object.is(one.value, other.value);
  return String(one.value) === String(other.value);
}
