// Runs what students handed in, one after the other, and marks it. Nothing of it runs in this process, and
// what fails or hangs costs its own student alone.
import path from 'node:path';
import { exercisesIn } from '../course/exercises';
import { type GradedNotebook, gradedNotebook, type NamedNotebook, originOf } from '../course/graded-notebook';
import type { Row } from '../course/grades';
import type { Submission } from '../course/submissions';
import { readNotebook } from '../notebook-runner/notebook-file';
import { runChecks } from '../notebook-runner/run-checks';
import type { Mark } from '../notebook-runner/verdicts';
import type { Kernels } from './kernels';
import { ProgressLine } from './progress-line';

export interface MarkOptions {
  /** For one cell. */
  timeoutMs: number;
  /** The instructor's notebooks, whose cells count. None: those of the submission do. */
  checks: readonly NamedNotebook[];
}

export async function markSubmissions(
  submissions: readonly Submission[],
  kernels: Kernels,
  options: MarkOptions,
): Promise<Row[]> {
  const rows: Row[] = [];
  const haveSeveral = options.checks.length > 1 || submissions.some(({ notebooks }) => notebooks.length > 1);
  for (const submission of submissions) {
    if (kernels.signal.aborted) break;
    rows.push(await markOne(submission, kernels, { ...options, haveSeveral }));
  }
  return rows;
}

async function markOne(
  { student, notebooks }: Submission,
  kernels: Kernels,
  options: MarkOptions & { haveSeveral: boolean },
): Promise<Row> {
  const marks = new Map<string, Mark>();
  const remarks: string[] = [];
  const notes: string[] = [];
  const progress = new ProgressLine();
  const begun = Date.now();
  for (const file of notebooks) {
    const show = (doing: string): void => progress.show(`… ${student}  ${path.basename(file)}  ${doing}`);
    try {
      const { name, ...graded } = await prepared(file, options.checks);
      const found = await marksOf(file, graded, kernels, { ...options, show });
      for (const [exercise, mark] of found) {
        marks.set(options.haveSeveral ? `${name}: ${exercise}` : exercise, mark);
      }
      notes.push(...graded.notes);
    } catch (error) {
      remarks.push((error as Error).message.replaceAll(file, path.basename(file)));
    }
  }
  if (notebooks.length === 0) remarks.push('There is no notebook in it.');
  progress.end(`  ${student}  ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  return { student, marks, notes, ...(remarks.length > 0 && { remark: remarks.join(' ') }) };
}

/** What is to be run, under the name of the notebook that it was made of. */
async function prepared(
  file: string,
  checks: readonly NamedNotebook[],
): Promise<GradedNotebook & { name: string }> {
  const notebook = readNotebook(file);
  if (checks.length === 0) {
    const own = new Map(exercisesIn(notebook).map(({ name, check }) => [name, check]));
    return { name: path.basename(file, '.ipynb'), notebook, checks: own, notes: [] };
  }
  const origin = originOf(notebook, checks);
  if (origin === undefined) {
    throw new Error(
      `${path.basename(file)} has no cell of the notebooks with the checks, so it was not run.`,
    );
  }
  // The compiler is loaded for nothing where nothing is compared.
  const { statementsOf } = await import('../../compiler-process/statements.js');
  return { name: origin.name, ...gradedNotebook(origin.notebook, notebook, statementsOf) };
}

async function marksOf(
  file: string,
  { notebook, checks }: GradedNotebook,
  kernels: Kernels,
  { timeoutMs, show }: Pick<MarkOptions, 'timeoutMs'> & { show(doing: string): void },
): Promise<Map<string, Mark>> {
  show('starting a kernel');
  const session = await kernels.start(file);
  try {
    const marks = await runChecks(session.kernel, notebook, {
      timeoutMs,
      signal: kernels.signal,
      onCell: (number, count) => show(`cell ${number} of ${count}`),
    });
    const empty: Mark = { verdict: 'unclear', sentence: 'the check is empty.' };
    return new Map([...checks].map(([name, check]) => [name, marks.get(check) ?? empty]));
  } finally {
    await session.end();
  }
}
