// How many processes can run at the same time.
import { availableParallelism } from 'node:os';

/**
 * The cores this process may use, which in a container are fewer than the machine has. Python's
 * `multiprocessing.cpu_count()`.
 *
 * @example
 * console.log(cpuCount() >= 1); // → true
 */
export function cpuCount(): number {
  return availableParallelism();
}
