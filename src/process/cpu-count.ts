// How many processes can run at the same time.
import { processorCount } from '../system/processors';

/**
 * Returns how many processors this process may use: those that it is allowed to run on (`taskset`, cpusets),
 * and in a container no more than its quota of processor time (`docker run --cpus=1.5`), rounded up. It is
 * read once; a pool has as many workers. Python's `multiprocessing.cpu_count()`.
 *
 * @example
 * console.log(cpuCount() >= 1); // → true
 */
export function cpuCount(): number {
  return processorCount();
}
