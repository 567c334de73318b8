// How many items a worker gets at once: few enough to share the work evenly, many enough that sending costs
// little. Pure.

/**
 * A chunk should take about this long: a hundred times what sending it costs. The worker gives back what
 * takes longer.
 */
export const CHUNK_MS = 10;
/** How long others may wait for the last one. */
const LEAST_MS = 1;
/** Below this sending costs more than sharing it out can win. */
const CRUMB_MS = 0.1;
/** How many items the first chunk has, as long as it is not known how large items are. */
const FIRST = 16;
const GROWTH = 16;

export interface ChunkFacts {
  /** How many items the chunk before had; 0 at the beginning of a call. */
  lastSize: number;
  /**
   * How long it takes to send and run one item. Undefined as long as no chunk of this function has come back.
   */
  itemMs: number | undefined;
  /** Undefined when the source does not say how many items it has. */
  left: number | undefined;
  processes: number;
  /** How many processes have nothing to do. */
  idle: number;
  /** Whether the items are numbers, of which many cost nothing to send. */
  areSmall: boolean;
}

export function chunkSize({ lastSize, itemMs, left, processes, idle, areSmall }: ChunkFacts): number {
  if (itemMs === undefined) {
    // Python's choice. It may be far too many, and then most come back.
    return areSmall && left !== undefined ? atLeastOne(Math.ceil(left / (4 * processes))) : 1;
  }
  const lasting = (ms: number) => ms / Math.max(itemMs, 1e-6);
  // Another call of the function may have had smaller items.
  const byGrowth = areSmall ? Number.POSITIVE_INFINITY : lastSize === 0 ? FIRST : lastSize * GROWTH;
  const most = Math.min(lasting(CHUNK_MS), byGrowth);
  if (left === undefined) return atLeastOne(most);
  // Each worker should get two more at least, so that all end at about the same time; but of little, only the
  // idle ones get something.
  const little = Math.min(
    lasting(LEAST_MS),
    Math.max(Math.ceil(left / Math.max(1, idle)), lasting(CRUMB_MS)),
  );
  return atLeastOne(Math.min(most, Math.max(left / (2 * processes), little)));
}

function atLeastOne(size: number): number {
  return Math.max(1, Math.floor(size));
}
