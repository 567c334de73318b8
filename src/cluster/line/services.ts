// The services that a line has. One line for each.

import { openPools } from '../pool/pool-service';
import { openLocks } from '../services/locks/service';
import type { OpenService } from './service';

export const services = {
  locks: openLocks,
  pools: openPools,
} as const satisfies Record<string, OpenService>;
