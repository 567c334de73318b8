// How far a student is in a notebook, by the verdicts that are saved in it. Runs nothing.
import { readNotebook } from '../notebook-runner/notebook-file';
import { holds, isCheck, markOf } from '../notebook-runner/verdicts';

/** In a few words. */
export function standingIn(file: string): string {
  try {
    const { cells } = readNotebook(file);
    const checks = cells.filter(isCheck);
    const held = checks.filter((cell) => holds(markOf(cell))).length;
    const hasBegun = cells.some(({ outputs = [] }) => outputs.length > 0);
    if (!hasBegun) return 'not begun';
    if (checks.length === 0) return 'run';
    return held === checks.length ? '✔ all' : `${held} of ${checks.length} checks`;
  } catch {
    return 'cannot be read';
  }
}
