// A module beside a test, as a program has them.
export function twice(n: number): number {
  return n * 2;
}
