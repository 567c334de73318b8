// Which threads are in a deadlock, and which one of them is to be told. Pure: it knows threads, what they
// wait for and which could bring it; not how that is found out.

/** What a wait needs to end. */
export interface Edge {
  /** The number of the wait, within its thread. */
  readonly id: number;
  /** Every thread that could end it; undefined if something else could, or if that is not known. */
  readonly helpers: readonly number[] | undefined;
  /** The one of them that has what is waited for. */
  readonly owner: number | undefined;
  readonly sinceMs: number;
  /** Whether an error can end it: there is a waiter, not only a process that is running. */
  readonly canBeTold: boolean;
  /** Whether it is how one waits who has no work, such as for an item of a queue. */
  readonly isIdle: boolean;
}

/**
 * The waits of a thread that does nothing but wait; undefined for one that goes on. The end of any one lets
 * it go on.
 */
export type Graph = (thread: number) => readonly Edge[] | undefined;

export interface Deadlock {
  /** All processes that wait for each other, and for no other. */
  readonly members: ReadonlySet<number>;
  /** The way from owner to owner round a ring of them, from `thread` on; empty if there is no such ring. */
  readonly circle: readonly Step[];
  /** The one to be told, and which of its waits ends by that. */
  readonly thread: number;
  readonly id: number;
}

/** A thread, and which of its waits leads on. */
export interface Step {
  readonly thread: number;
  readonly id: number;
}

/**
 * The deadlock that `self` is a part of. Every part of it gets the same answer. One who only waits for a
 * deadlock of others gets none: it goes on when theirs is over.
 */
export function findDeadlock(graph: Graph, self: number): Deadlock | undefined {
  const found = toBeTold(graph, self);
  let last: Candidate | undefined;
  for (const candidate of found?.candidates ?? [])
    if (last === undefined || comesBefore(candidate, last)) last = candidate;
  if (found === undefined || last === undefined) return undefined;
  const { members, own } = found;
  const circle = own === undefined ? [] : alongOwners(graph, own, last);
  return { members, circle, thread: last.thread, id: last.edge.id };
}

interface Candidate {
  readonly thread: number;
  readonly edge: Edge;
}

interface ToBeTold {
  readonly members: ReadonlySet<number>;
  /** The ring of owners that `self` is in. */
  readonly own: ReadonlySet<number> | undefined;
  /** One of them is told: of those who do not wait for work, if there are any, who has begun to wait last. */
  readonly candidates: readonly Candidate[];
}

/** The deadlock that `self` is a part of, and who may be told of it. */
export function toBeTold(graph: Graph, self: number): ToBeTold | undefined {
  const members = reachableFrom(graph, self);
  if (members === undefined) return undefined;
  for (const other of members) {
    if (!reachableFrom(graph, other)?.has(self)) return undefined;
  }
  const circles = ringsOfOwners(graph, members);
  const own = circles.find((circle) => circle.has(self));
  // The rings are told one after the other: to break the rings may be enough for all.
  if (circles.length > 0 && own === undefined) return undefined;
  return { members, own, candidates: own === undefined ? allOf(graph, members) : insideOf(graph, own) };
}

/** All who could end its waits, and theirs, and so on; undefined if one of them goes on. */
export function reachableFrom(graph: Graph, from: number): Set<number> | undefined {
  const found = new Set([from]);
  for (const thread of found) {
    const edges = graph(thread);
    if (edges === undefined || edges.length === 0) return undefined;
    for (const { helpers } of edges) {
      if (helpers === undefined) return undefined;
      for (const helper of helpers) found.add(helper);
    }
  }
  return found;
}

function ringsOfOwners(graph: Graph, members: ReadonlySet<number>): Set<number>[] {
  const ahead = new Map<number, Set<number>>();
  for (const thread of members) ahead.set(thread, aheadOf(graph, thread));
  const rings: Set<number>[] = [];
  for (const thread of members) {
    if (!ahead.get(thread)?.has(thread) || rings.some((ring) => ring.has(thread))) continue;
    rings.push(
      new Set([...members].filter((other) => ahead.get(thread)?.has(other) && ahead.get(other)?.has(thread))),
    );
  }
  return rings;
}

/** Returns the threads to which one comes by going from owner to owner. */
function aheadOf(graph: Graph, thread: number): Set<number> {
  const found = new Set<number>();
  const visit = (from: number) => {
    for (const { owner } of graph(from) ?? []) {
      if (owner === undefined || found.has(owner)) continue;
      found.add(owner);
      visit(owner);
    }
  };
  visit(thread);
  return found;
}

function allOf(graph: Graph, members: ReadonlySet<number>): Candidate[] {
  return [...members].flatMap((thread) =>
    (graph(thread) ?? []).filter((edge) => edge.canBeTold).map((edge) => ({ thread, edge })),
  );
}

function insideOf(graph: Graph, ring: ReadonlySet<number>): Candidate[] {
  return allOf(graph, ring).filter(({ edge }) => edge.owner !== undefined && ring.has(edge.owner));
}

/** A process without work gets the error only if there is no other: it waits because of the others. */
function comesBefore(one: Candidate, other: Candidate): boolean {
  if (one.edge.isIdle !== other.edge.isIdle) return other.edge.isIdle;
  if (one.edge.sinceMs !== other.edge.sinceMs) return one.edge.sinceMs > other.edge.sinceMs;
  if (one.thread !== other.thread) return one.thread > other.thread;
  return one.edge.id > other.edge.id;
}

/** The shortest way round that begins with that wait. */
function alongOwners(graph: Graph, ring: ReadonlySet<number>, { thread, edge }: Candidate): Step[] {
  const first = edge.owner as number;
  const cameBy = new Map<number, Step>();
  const ahead = [first];
  for (const at of ahead) {
    for (const { owner, id } of graph(at) ?? []) {
      if (owner === undefined || owner === first || !ring.has(owner) || cameBy.has(owner)) continue;
      cameBy.set(owner, { thread: at, id });
      ahead.push(owner);
    }
  }
  const way: Step[] = [];
  for (let at = thread; at !== first; at = way[0]?.thread ?? first) way.unshift(cameBy.get(at) as Step);
  return [{ thread, id: edge.id }, ...way];
}
