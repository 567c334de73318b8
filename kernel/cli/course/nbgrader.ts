// What nbgrader wants to have of a notebook: which cell the student writes, which is a test, and its points.
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Cell, type Notebook, sourceOf, toLines } from '../notebook-runner/notebook-file';
import { exercisesIn } from './exercises';

const SCHEMA_VERSION = 3;
const POINTS = 1;

/** Each exercise is worth a point. A check gives it by not throwing: `(…).orThrow()`. */
export function forNbgrader(student: Notebook): Notebook {
  const metadata = new Map<Cell, object>();
  const tests = new Set<Cell>();
  for (const { name, check, exercise } of exercisesIn(student)) {
    // Where the answer stands within the check there is no cell that may be locked, so nothing to be graded.
    if (exercise === undefined) continue;
    metadata.set(exercise, { grade: false, grade_id: name, locked: false, solution: true });
    metadata.set(check, {
      grade: true,
      grade_id: `${name}-check`,
      locked: true,
      points: POINTS,
      solution: false,
    });
    tests.add(check);
  }
  const cells = student.cells.map((cell) => {
    const own = metadata.get(cell);
    if (own === undefined) return cell;
    const nbgrader = { ...own, schema_version: SCHEMA_VERSION, task: false };
    const source = tests.has(cell) ? toLines(throwing(sourceOf(cell))) : cell.source;
    return { ...cell, source, metadata: { ...cell.metadata, nbgrader } };
  });
  return { ...student, cells };
}

/**
 * The last statement, from the last line that is not indented on, is the verdict. It is displayed, since
 * nbgrader takes the value of a cell for a number of points.
 */
function throwing(source: string): string {
  if (source.includes('.orThrow(')) return source;
  const lines = source.trimEnd().split('\n');
  const last = lines.findLastIndex((line) => /^[\w(]/.test(line));
  const verdict = lines.slice(last).join('\n').replace(/;\s*$/, '');
  if (/^(const|let|var|function|class|if|for|while|import|export|return)\b/.test(verdict)) return source;
  return [...lines.slice(0, last), `display((${verdict}).orThrow());`].join('\n');
}

const SETTINGS = `# Settings of nbgrader for notebooks of ParLab: docs/exercises.md says how to use them.
c = get_config()

# 'parlab release' has taken the solutions out; what it left is what the student begins with.
c.ClearSolutions.enabled = False
`;

/** In the folder of the course: that of \`source/NAME\`. Never replaces one that is there. */
export function nbgraderSettings(source: string): void {
  const file = path.join(path.dirname(path.dirname(source)), 'nbgrader_config.py');
  if (!existsSync(file)) writeFileSync(file, SETTINGS);
}
