// What all copies of the processes of one exploration have in common.
import type { World } from '../capture/restore/world';
import type { Garbled } from './garble';
import type { Things } from './things';

export interface Surroundings {
  readonly world: World;
  readonly require: NodeJS.Require;
  readonly things: Things;
  readonly seed: number;
  /** Who gets something else than was sent. */
  readonly garbled: Garbled | undefined;
  /** Called for each state that is met. */
  breathe(): void;
  readonly statistics: { executions: number; resumed: number };
}
