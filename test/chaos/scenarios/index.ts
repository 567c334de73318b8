// The scenarios by name, in the order in which they are played.
import type { Stage } from '../stage';
import { barrier } from './barrier';
import { condition } from './condition';
import { event } from './event';
import { family } from './family';
import { joinableQueue } from './joinable-queue';
import { lock, rlock } from './lock';
import { pipe } from './pipe';
import { pool } from './pool';
import { queue, unboundedQueue } from './queue';
import { semaphore } from './semaphore';
import { sharedArray } from './shared-array';

export const scenarios = {
  queue,
  unboundedQueue,
  joinableQueue,
  pipe,
  lock,
  rlock,
  semaphore,
  condition,
  barrier,
  event,
  sharedArray,
  pool,
  family,
} satisfies Record<string, (stage: Stage) => Promise<void>>;

export type ScenarioName = keyof typeof scenarios;
