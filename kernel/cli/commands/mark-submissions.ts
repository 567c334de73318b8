// Runs what students handed in, one after the other, and marks it. Nothing of it runs in this process, and
// what fails or hangs costs its own student alone.
import path from 'node:path';
import { type GradedNotebook, gradedNotebook, type NamedNotebook, originOf } from '../course/graded-notebook';
import { type Row, withChoices } from '../course/grades';
import { checksIn, namesByCheck, ownChoiceIn } from '../course/own-checks';
import type { Submission } from '../course/submissions';
import { type Notebook, readNotebook } from '../notebook-runner/notebook-file';
import { runChecks } from '../notebook-runner/run-checks';
import type { Mark } from '../notebook-runner/verdicts';
import type { Kernels } from './kernels';
import { ProgressLine } from './progress-line';

interface MarkOptions {
  /** How long one cell may take. */
  timeoutMs: number;
  /** The instructor's notebooks, whose cells count. None: those of the submission do. */
  checks: readonly NamedNotebook[];
}

/** What is to be run of a file, under the name of the notebook that it was made of. */
type Prepare = (file: string) => GradedNotebook & { name: string };

interface MarkTools {
  timeoutMs: number;
  prepare: Prepare;
  /** Whether an exercise is told with the name of its notebook. */
  haveSeveral: boolean;
}

export async function markSubmissions(
  submissions: readonly Submission[],
  kernels: Kernels,
  { timeoutMs, checks }: MarkOptions,
): Promise<Row[]> {
  const rows: Row[] = [];
  const prepare = checks.length > 0 ? await fromInstructors(checks) : asHandedIn(submissions);
  const haveSeveral = checks.length > 1 || submissions.some(({ notebooks }) => notebooks.length > 1);
  for (const submission of submissions) {
    if (kernels.signal.aborted) break;
    rows.push(await markOne(submission, kernels, { timeoutMs, prepare, haveSeveral }));
  }
  return rows;
}

async function markOne(
  { student, notebooks }: Submission,
  kernels: Kernels,
  { timeoutMs, prepare, haveSeveral }: MarkTools,
): Promise<Row> {
  const marks = new Map<string, Mark>();
  const choices: string[][] = [];
  const remarks: string[] = [];
  const notes: string[] = [];
  const progress = new ProgressLine();
  const begun = Date.now();
  for (const file of notebooks) {
    const show = (doing: string): void => progress.show(`… ${student}  ${path.basename(file)}  ${doing}`);
    try {
      const { name, ...graded } = prepare(file);
      const found = await marksOf(file, graded, kernels, { timeoutMs, show });
      const called = (exercise: string) => (haveSeveral ? `${name}: ${exercise}` : exercise);
      for (const [exercise, mark] of found.marks) marks.set(called(exercise), mark);
      if (graded.choice.length > 0) choices.push(graded.choice.map(called));
      notes.push(...graded.notes, ...found.notes);
    } catch (error) {
      remarks.push((error as Error).message.replaceAll(file, path.basename(file)));
    }
  }
  if (notebooks.length === 0) remarks.push('There is no notebook in it.');
  progress.end(`  ${student}  ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  const chosen = withChoices(marks, choices);
  return { student, marks: chosen, choices, notes, ...(remarks.length > 0 && { remark: remarks.join(' ') }) };
}

async function fromInstructors(checks: readonly NamedNotebook[]): Promise<Prepare> {
  // The compiler is loaded for nothing where nothing is compared.
  const { statementsOf } = await import('../../compiler-process/statements.js');
  const { isSameButForTexts } = await import('../../compiler-process/same-call.js');
  const reader = { statementsOf, isSameButForTexts };
  return (file) => {
    const notebook = readNotebook(file);
    const origin = originOf(notebook, checks);
    if (origin === undefined) {
      throw new Error(
        `${path.basename(file)} has no cell of the notebooks with the checks, so it was not run.`,
      );
    }
    return { name: origin.name, ...gradedNotebook(origin.notebook, notebook, reader) };
  };
}

function asHandedIn(submissions: readonly Submission[]): Prepare {
  const names = namesByCheck(submissions.flatMap(({ notebooks }) => notebooks.flatMap(readable)));
  return (file) => {
    const notebook = readNotebook(file);
    const name = path.basename(file, '.ipynb');
    return {
      name,
      notebook,
      checks: checksIn(notebook, names),
      choice: ownChoiceIn(notebook, names),
      notes: [],
    };
  };
}

/** What cannot be read is told when its turn comes. */
function readable(file: string): Notebook[] {
  try {
    return [readNotebook(file)];
  } catch {
    return [];
  }
}

async function marksOf(
  file: string,
  { notebook, checks }: GradedNotebook,
  kernels: Kernels,
  { timeoutMs, show }: { timeoutMs: number; show(doing: string): void },
): Promise<{ marks: Map<string, Mark>; notes: string[] }> {
  show('starting a kernel');
  const session = await kernels.start(file);
  try {
    const { marks, notes } = await runChecks(session.kernel, notebook, {
      timeoutMs,
      signal: kernels.signal,
      onCell: (number, count) => show(`cell ${number} of ${count}`),
    });
    const named = [...checks].map(([name, check]): [string, Mark] => [
      name,
      check ? (marks.get(check) ?? EMPTY) : missing(name),
    ]);
    return { marks: new Map(named), notes };
  } finally {
    await session.end();
  }
}

const EMPTY: Mark = { verdict: 'unclear', sentence: 'the check is empty.' };

function missing(name: string): Mark {
  return {
    verdict: 'not run',
    sentence: `nothing was handed in for ${name}: its cell is not there, or empty.`,
  };
}
