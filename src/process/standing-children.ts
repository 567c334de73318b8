// Whether the children of some work stand still, for a host that would wait for them, but not for ever.

import { lookAround } from '../deadlock/around';
import { type Edge, reachableFrom } from '../deadlock/deadlock';
import { ownerTag } from '../memory/slots';
import { threadsOf } from './children';

/**
 * Whether those that were started under a tag of the host, and all who could help them, do nothing but wait
 * for each other and for this process.
 */
export function childrenStandStill(tag: string): boolean {
  const self = ownerTag();
  const ends = threadsOf(tag).map(endOf);
  const { graph } = lookAround();
  return reachableFrom((thread) => (thread === self ? ends : graph(thread)), self) !== undefined;
}

function endOf(child: number): Edge {
  return { id: 0, helpers: [child], owner: child, sinceMs: 0, canBeTold: false, isIdle: false };
}
