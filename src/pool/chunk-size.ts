// How many items a worker gets at once: few enough to share the work evenly, many enough that sending costs little. Pure.

/** A chunk should take about this long: a hundred times what sending it costs. */
export const CHUNK_MS = 10;
/** One slow item after many quick ones is noticed before chunks are large. */
const GROWTH = 16;

export interface ChunkFacts {
  /** Of the chunk before; 0 at the beginning. */
  lastSize: number;
  /** Undefined as long as no chunk has come back. */
  itemMs: number | undefined;
  /** Undefined when the source does not say how many items it has. */
  left: number | undefined;
  processes: number;
}

export function chunkSize({ lastSize, itemMs, left, processes }: ChunkFacts): number {
  if (itemMs === undefined) return 1;
  const byTime = CHUNK_MS / Math.max(itemMs, 1e-6);
  const byGrowth = Math.max(1, lastSize) * GROWTH;
  // Everybody should get two more at least, so that all end at about the same time.
  const byShare = left === undefined ? Number.POSITIVE_INFINITY : left / (2 * processes);
  return Math.max(1, Math.floor(Math.min(byTime, byGrowth, byShare)));
}
