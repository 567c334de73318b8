// `parlab release`: makes the students' version of a folder of notebooks, and shows that each exercise is
// one: what the student finds fails, as every wrong answer does, and its solution passes.
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { CliError } from '../../cli-error';
import { makeFolder } from '../../make-folder';
import { type ExerciseReport, reportOn, trialsOf } from '../course/check-exercises';
import { uncheckedIn } from '../course/exercises';
import { counted } from '../course/grades';
import { forNbgrader, nbgraderSettings } from '../course/nbgrader';
import { copyFiles, otherFilesIn } from '../course/other-files';
import { released } from '../course/release-notebook';
import { notebooksIn } from '../notebook-runner/find-notebooks';
import { type Notebook, readNotebook, writeNotebook } from '../notebook-runner/notebook-file';
import { runChecks } from '../notebook-runner/run-checks';
import { type KernelOptions, type Kernels, timeoutMsOf, withKernels } from './kernels';
import { ProgressLine } from './progress-line';

export interface ReleaseOptions extends KernelOptions {
  /** The folder for the students' version. */
  to: string;
  /** Replace what is there. */
  force?: boolean;
  /** `--no-try`: do not run the exercises. */
  try: boolean;
  /** For nbgrader: with its metadata, and its settings file. */
  nbgrader?: boolean;
  /** Seconds for one cell, as typed. */
  timeout: string;
}

interface Prepared {
  file: string;
  /** The name within the folder. */
  name: string;
  original: Notebook;
  student: Notebook;
}

/** Resolves with the exit code: 0 only if every exercise is one. */
export async function release(from: string, options: ReleaseOptions): Promise<number> {
  const timeoutMs = timeoutMsOf(options.timeout);
  const folder = path.resolve(from);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new CliError(`There is no folder ${from}.`);
  const to = path.resolve(options.to);
  if (to === folder || to.startsWith(folder + path.sep) || folder.startsWith(to + path.sep))
    throw new CliError(`--to ${options.to}: give a folder that is not within ${from}, nor around it.`);
  const notebooks = notebooksIn([folder]).map((file) => prepare(folder, file));
  const others = otherFilesIn(folder);
  refuseToOverwrite([...notebooks.map(({ name }) => name), ...others], to, options);
  const reports = options.try
    ? await withKernels(options, (kernels) => tryAll(notebooks, kernels, timeoutMs))
    : [];
  if (reports.some(({ fault }) => fault !== undefined)) {
    process.stdout.write(
      `\nNothing was written to ${options.to}: repair these exercises first, or give --no-try.\n`,
    );
    return 1;
  }
  for (const { name, student } of notebooks) {
    makeFolder(path.dirname(path.join(to, name)));
    writeNotebook(path.join(to, name), options.nbgrader ? forNbgrader(student) : student);
  }
  copyFiles(others, folder, to);
  if (options.nbgrader) nbgraderSettings(to);
  for (const { name, original } of notebooks) {
    for (const exercise of uncheckedIn(original))
      process.stdout.write(`! ${name}: no cell tagged check judges the exercise ${exercise}.\n`);
  }
  process.stdout.write(`${counted(notebooks.length, 'notebook')} without solutions in ${options.to}.\n`);
  return 0;
}

function prepare(folder: string, file: string): Prepared {
  const original = readNotebook(file);
  const name = path.relative(folder, file);
  try {
    return { file, name, original, student: released(original) };
  } catch (error) {
    throw new CliError(`${name}: ${(error as Error).message}`);
  }
}

function refuseToOverwrite(names: string[], to: string, options: ReleaseOptions): void {
  const there = names.find((name) => existsSync(path.join(to, name)));
  if (there === undefined || options.force) return;
  throw new CliError(
    `${path.join(options.to, there)} is there already: give another folder, or --force to replace what is there.`,
  );
}

async function tryAll(notebooks: Prepared[], kernels: Kernels, timeoutMs: number): Promise<ExerciseReport[]> {
  const all: ExerciseReport[] = [];
  for (const { file, name, original, student } of notebooks) {
    // What running it leaves in its cells is not for the students.
    const { notebook, trials } = trialsOf(original, structuredClone(student));
    if (trials.length === 0) continue;
    const progress = new ProgressLine();
    progress.show(`… ${name}  starting a kernel`);
    const session = await kernels.start(file);
    try {
      const { marks } = await runChecks(session.kernel, notebook, {
        timeoutMs,
        signal: kernels.signal,
        onCell: (number, count) => progress.show(`… ${name}  cell ${number} of ${count}`),
      });
      if (kernels.signal.aborted) throw new CliError('Interrupted: nothing was written.');
      const reports = trials.map((trial) => reportOn(trial, marks));
      progress.end(name);
      process.stdout.write(tableOf(reports));
      all.push(...reports);
    } finally {
      await session.end();
    }
  }
  return all;
}

function tableOf(reports: readonly ExerciseReport[]): string {
  const width = Math.max(...reports.map(({ name }) => name.length));
  const lines = reports.map(({ name, start, wrong, solution, fault }) => {
    const found = `start: ${start.verdict}`.padEnd('start: not yet'.length);
    const solved = solution ? `solution: ${solution.verdict}` : '';
    const refused = wrong > 0 && fault === undefined ? `wrong: ${wrong} of ${wrong} refused` : '';
    const why = fault === undefined ? '' : `\n      ${fault.split('\n')[0]}`;
    return (
      `  ${fault === undefined ? '✓' : '✗'} ${name.padEnd(width)}  ${found}  ${solved}  ${refused}`.trimEnd() +
      why
    );
  });
  return `${lines.join('\n')}\n`;
}
