// What hosts are told of a chunk.
import type { Chunk } from '../../pool/call';
import type { Hiring } from '../../pool/staff';
import { myVersions } from '../versions';
import type { ChunkHead } from './conversation';

/**
 * The items of one chunk take about so long before the rest comes back: what it costs to send is worth less.
 */
const BUDGET_MS = 25;

export function chunkHead(
  { call, items }: Chunk,
  bundle: string | undefined,
  { beginning, maxTasksPerChild }: Hiring,
  numbers: Pick<ChunkHead, 'pool' | 'chunk' | 'work'>,
): ChunkHead {
  const { target, spread, stopsAtError, tag, hasFixedChunks } = call;
  return {
    ...numbers,
    copy: target.id,
    program: target.program.id,
    beginning: beginning.id,
    spread,
    stopsAtError,
    tag,
    count: items.length,
    versions: myVersions(),
    ...(!hasFixedChunks && { budgetMs: BUDGET_MS }),
    ...(maxTasksPerChild !== undefined && { maxTasks: maxTasksPerChild }),
    ...(bundle !== undefined && { bundle }),
  };
}
