// What all copies of the processes of one exploration have in common.
import type { World } from '../capture/restore/world';
import type { Things } from './things';

export interface Surroundings {
  readonly world: World;
  readonly require: NodeJS.Require;
  readonly things: Things;
  readonly seed: number;
  /** Whether the main process gets something else than was sent. */
  readonly isGarbled: boolean;
  /** Called for each state that is met. */
  breathe(): void;
  readonly statistics: { executions: number; resumed: number };
}
