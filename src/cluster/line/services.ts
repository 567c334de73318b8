// The services that a line has. One line for each.
import { openPools } from '../pool/pool-service';
import { openBarriers } from '../services/barriers';
import { openEvents } from '../services/events';
import { openLocks } from '../services/locks/service';
import { openQueues } from '../services/queues/service';
import { openSemaphores } from '../services/semaphores';
import { openValues } from '../services/values';
import type { OpenService } from './service';

export const services = {
  barriers: openBarriers,
  events: openEvents,
  locks: openLocks,
  pools: openPools,
  queues: openQueues,
  semaphores: openSemaphores,
  values: openValues,
} as const satisfies Record<string, OpenService>;
