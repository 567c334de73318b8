// What was printed, by lines. Pure.

/** Returns the lines of a text, without empty ones. */
export function linesIn(printed: string): string[] {
  return printed.split('\n').filter((line) => line.trim() !== '');
}
