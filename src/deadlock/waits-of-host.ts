// What a host's own work waits for, and those it waits for, as far as all of them stand still. The host
// itself may be given more work at any time, so this is no accusation.

import { isTagAlive, ownerTag } from '../memory/slots';
import { placesTaken } from '../system/call-site';
import { edgeOf, lookAround } from './around';
import { type Edge, reachableFrom } from './deadlock';
import type { Standstill } from './hang';
import type { LastingWait } from './lasting-waits';
import type { Report } from './reports';
import { hasUncertainWaits } from './standing-waits';
import { Making } from './standstill-of';

/**
 * The waits of this thread's work that is called `name`, which comes first in what is returned; undefined
 * while anybody goes on who could end one. Who has a lock and goes on is named, however.
 */
export function standstillOfWaits(name: string, waits: readonly LastingWait[]): Standstill | undefined {
  const self = ownerTag();
  if (hasUncertainWaits()) return undefined;
  const around = lookAround();
  const own = waits.map(({ report }) => edgeOf(report, self));
  const graph = (thread: number) => (thread === self ? own : around.graph(thread));
  const isStuck = reachableFrom(graph, self) !== undefined;
  if (!isStuck && !waits.every((wait, index) => isHeld(wait, own[index]))) return undefined;
  const reports = new Map<number, Report>(around.reports);
  const described = waits.map(({ report, site }) => ({ ...report, where: site?.toString() }));
  reports.set(self, { waits: described, isBlocking: false, taken: placesTaken() });
  const made = new Making(reports);
  made.addProcess(self, name);
  for (const tag of made.eachTag()) made.addWaits(tag);
  return made.standstill();
}

function isHeld({ report: { subject } }: LastingWait, edge: Edge | undefined): boolean {
  return subject.type === 'object' && edge?.owner !== undefined && isTagAlive(edge.owner);
}
