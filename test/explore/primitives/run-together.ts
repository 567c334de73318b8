// What the programs of this folder have in common: some processes that run at the same time.
import { Process } from '../../../src';

/** One process for each function, started together; resolves when all have ended. */
export async function together(...targets: (() => unknown)[]): Promise<Process[]> {
  const children = targets.map((target) => new Process({ target }));
  for (const child of children) child.start();
  for (const child of children) await child.join();
  return children as unknown as Process[];
}

/** A pause of a length that nobody knows. */
export function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * 4));
}
