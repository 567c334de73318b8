// The services that a line has. One line for each.

import { openLocks } from '../services/locks/service';
import type { OpenService } from './service';

export const services = { locks: openLocks } as const satisfies Record<string, OpenService>;
