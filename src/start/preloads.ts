// The files that a warm process loads before it has a task. Empty by default.

let files: readonly string[] = [];

export function preloads(): readonly string[] {
  return files;
}

export function usePreloads(given: readonly string[]): void {
  files = given;
}
