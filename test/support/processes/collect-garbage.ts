// Collects garbage and lets finalizers run, without a flag on the command line.
import { collectGarbage as collect } from '../../../src/system/collect-garbage';

export async function collectGarbage(): Promise<void> {
  for (let round = 0; round < 5; round++) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    collect();
  }
}
