// How far a student is in a notebook, by the verdicts that are saved in it. Runs nothing.
import { type Cell, hasTag, readNotebook } from '../notebook-runner/notebook-file';
import { holds, isCheck, markOf } from '../notebook-runner/verdicts';

/** Says in a few words how far a student is with a notebook. */
export function standingIn(file: string): string {
  try {
    const { cells } = readNotebook(file);
    const checks = withOneChoice(cells.filter(isCheck));
    const held = checks.filter((some) => some.some((cell) => holds(markOf(cell)))).length;
    const hasBegun = cells.some(({ outputs = [] }) => outputs.length > 0);
    if (!hasBegun) return 'not begun';
    if (checks.length === 0) return 'run';
    return held === checks.length ? '✔ all' : `${held} of ${checks.length} checks`;
  } catch {
    return 'cannot be read';
  }
}

/** Of the checks tagged `choice` one is enough, so they count as one. */
function withOneChoice(checks: readonly Cell[]): readonly (readonly Cell[])[] {
  const choices = checks.filter((cell) => hasTag(cell, 'choice'));
  const needed = checks.filter((cell) => !choices.includes(cell)).map((cell) => [cell]);
  return choices.length === 0 ? needed : [...needed, choices];
}
