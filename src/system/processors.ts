// How many processors this process may use. Whoever wants a number of them asks here.
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { allowedProcessors } from './processor-quota';

let known: number | undefined;

/** Found out when it is first asked: importing ParLab reads no file for it. */
export function processorCount(): number {
  known ??= allowedProcessors(textOf, availableParallelism());
  return known;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined;
  }
}
