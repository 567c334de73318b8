// How many items a worker gets at once: few enough to share the work evenly, many enough that sending costs little. Pure.

/** A chunk should take about this long: a hundred times what sending it costs. */
const CHUNK_MS = 10;
const LEAST_MS = 1;
/** One slow item after many quick ones is noticed before chunks are large. */
const GROWTH = 16;
const FIRST = 500;

export interface ChunkFacts {
  /** Of the chunk before; 0 at the beginning of a call. */
  lastSize: number;
  /** Undefined as long as no chunk of this function has come back. */
  itemMs: number | undefined;
  /** Undefined when the source does not say how many items it has. */
  left: number | undefined;
  processes: number;
}

export function chunkSize({ lastSize, itemMs, left, processes }: ChunkFacts): number {
  if (itemMs === undefined) return 1;
  const byTime = CHUNK_MS / Math.max(itemMs, 1e-6);
  // Another call of the function may have had other items.
  const byGrowth = lastSize === 0 ? FIRST : lastSize * GROWTH;
  // Everybody should get two more at least, so that all end at about the same time.
  const byShare = left === undefined ? Number.POSITIVE_INFINITY : left / (2 * processes);
  // But below this a chunk costs more to send than sharing it out can win.
  const worthwhile = LEAST_MS / Math.max(itemMs, 1e-6);
  return Math.max(1, Math.floor(Math.min(byTime, byGrowth, Math.max(byShare, worthwhile))));
}
