// What stands before the cursor, as far as expressions may look: they try each place as a beginning, which in a
// text of a megabyte would take minutes.

const FARTHEST = 1000;

export function beforeCursor(code: string, cursor: number): string {
  return code.slice(Math.max(0, cursor - FARTHEST), cursor);
}
