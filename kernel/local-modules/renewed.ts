// ES modules of the student's that were changed after they had been loaded. Node keeps such a one for ever:
// from then on it is loaded as a TypeScript file is.

const renewed = new Set<string>();

export function isRenewed(file: string): boolean {
  return renewed.has(file);
}

export function markRenewed(file: string): void {
  renewed.add(file);
}
