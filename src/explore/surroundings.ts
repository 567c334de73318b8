// What all copies of the processes of one exploration have in common.
import type { World } from '../capture/restore/world';
import type { Garbled } from './garble';
import type { Things } from './things';

export interface Surroundings {
  readonly world: World;
  readonly require: NodeJS.Require;
  readonly things: Things;
  readonly seed: number;
  /** Which processes get something else than was sent. */
  readonly garbled: Garbled | undefined;
  /** Is called for each state that is met. */
  breathe(): void;
  readonly statistics: { executions: number; resumed: number };
}
