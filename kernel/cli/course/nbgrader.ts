// What nbgrader wants to have of a notebook: which cell the student writes, which is a test, and its points.
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Cell, hasTag, type Notebook, sourceOf, toLines } from '../notebook-runner/notebook-file';
import { exercisesIn } from './exercises';

const SCHEMA_VERSION = 3;
const POINTS = 1;

/**
 * Each exercise is worth a point. A check gives it by not throwing: `(…).orThrow()`. A choice is worth one
 * point, and the last of its checks gives it.
 */
export function forNbgrader(student: Notebook): Notebook {
  const metadata = new Map<Cell, object>();
  const tests = new Map<Cell, string>();
  const choice = exercisesIn(student)
    .filter(({ check, exercise }) => exercise !== undefined && hasTag(check, 'choice'))
    .map(({ check }) => check);
  for (const { name, check, exercise } of exercisesIn(student)) {
    // Where the answer stands within the check there is no cell that may be locked, so nothing to be graded.
    if (exercise === undefined) continue;
    metadata.set(exercise, { grade: false, grade_id: name, locked: false, solution: true });
    const at = choice.indexOf(check);
    const isGraded = at < 0 || at === choice.length - 1;
    metadata.set(check, {
      grade: isGraded,
      grade_id: `${name}-check`,
      locked: true,
      ...(isGraded && { points: POINTS }),
      solution: false,
    });
    tests.set(check, at < 0 ? throwing(sourceOf(check)) : choosing(sourceOf(check), at, isGraded));
  }
  const cells = student.cells.map((cell) => {
    const own = metadata.get(cell);
    if (own === undefined) return cell;
    const nbgrader = { ...own, schema_version: SCHEMA_VERSION, task: false };
    const test = tests.get(cell);
    const source = test === undefined ? cell.source : toLines(test);
    return { ...cell, source, metadata: { ...cell.metadata, nbgrader } };
  });
  return { ...student, cells };
}

/** Displayed, since nbgrader takes the value of a cell for a number of points. */
function throwing(source: string): string {
  const { before, verdict } = verdictIn(source) ?? {};
  return before === undefined ? source : [...before, `display((${verdict}).orThrow());`].join('\n');
}

/** Keeps the verdict. The last one asks whether one of all holds; one that failed with an error has none. */
function choosing(source: string, at: number, isLast: boolean): string {
  const { before, verdict } = verdictIn(source) ?? {};
  if (before === undefined) return source;
  const lines = [...before, `const choice${at + 1} = ${verdict};`];
  if (!isLast) return [...lines, `choice${at + 1};`].join('\n');
  const all = Array.from({ length: at + 1 }, (_, each) => `choice${each + 1}`).join(', ');
  const one = `display(([${all}].find((each) => each?.passed) ?? choice${at + 1}).orThrow());`;
  return [...lines, '// One of them is enough.', one].join('\n');
}

/** The last statement, from the last line that is not indented on, is the verdict. */
function verdictIn(source: string): { before: string[]; verdict: string } | undefined {
  if (source.includes('.orThrow(')) return undefined;
  const lines = source.trimEnd().split('\n');
  const last = lines.findLastIndex((line) => /^[\w(]/.test(line));
  const verdict = lines.slice(last).join('\n').replace(/;\s*$/, '');
  if (/^(const|let|var|function|class|if|for|while|import|export|return)\b/.test(verdict)) return undefined;
  return { before: lines.slice(0, last), verdict };
}

const SETTINGS = `# Settings of nbgrader for notebooks of ParLab: docs/exercises.md says how to use them.
c = get_config()

# 'parlab release' has taken the solutions out; what it left is what the student begins with.
c.ClearSolutions.enabled = False
`;

/**
 * Writes the settings into the folder of the course, in which `source` is `source/NAME`. Those that are there
 * stay.
 */
export function nbgraderSettings(source: string): void {
  const file = path.join(path.dirname(path.dirname(source)), 'nbgrader_config.py');
  if (!existsSync(file)) writeFileSync(file, SETTINGS);
}
