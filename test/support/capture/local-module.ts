// A module beside a test, as a program has them.
export function twice(n: number): number {
  return n * 2;
}

/** Others put their functions here. */
export const registry: { [name: string]: (n: number) => number } = {};
