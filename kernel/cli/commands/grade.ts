// `parlab grade`: runs what students handed in, and writes which exercises hold, as a table.
import { accessSync, constants, cpSync, existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeTemporaryFolder } from 'parlab/system/temporary-folder';
import { CliError } from '../../cli-error';
import { makeFolder } from '../../make-folder';
import { toCsv } from '../course/csv';
import type { NamedNotebook } from '../course/graded-notebook';
import { asRows, asText } from '../course/grades';
import { copyFiles, otherFilesIn } from '../course/other-files';
import { type Submission, submissionsIn } from '../course/submissions';
import { notebooksIn } from '../notebook-runner/find-notebooks';
import { readNotebook } from '../notebook-runner/notebook-file';
import { type KernelOptions, timeoutMsOf, withKernels } from './kernels';
import { markSubmissions } from './mark-submissions';

export interface GradeOptions extends KernelOptions {
  /** The file for the table. */
  to: string;
  /** A folder with the instructor's notebooks, and what they use. */
  checks?: string;
  /** Replace the file. */
  force?: boolean;
  /** Seconds for one cell, as typed. */
  timeout: string;
}

/** Resolves with the exit code: 0 when everything was graded, whatever the grades are. */
export async function grade(folder: string, options: GradeOptions): Promise<number> {
  const timeoutMs = timeoutMsOf(options.timeout);
  prepareTable(options);
  const submissions = submissionsIn(folder);
  const checks = options.checks === undefined ? [] : instructorsNotebooks(options.checks);
  // Students' programs write files, too: into copies that no other user reads.
  const place = makeTemporaryFolder('parlab-grade-');
  try {
    const copies = submissions.map((each, at) => copyOf(each, path.join(place, String(at))));
    if (options.checks !== undefined) copyMaterial(options.checks, copies);
    return await withKernels(options, async (kernels) => {
      const rows = await markSubmissions(copies, kernels, { timeoutMs, checks });
      if (kernels.signal.aborted) {
        process.stdout.write('\nInterrupted: no table was written.\n');
        return 1;
      }
      process.stdout.write(`\n${asText(rows)}\n`);
      writeFileSync(options.to, toCsv(asRows(rows)));
      process.stdout.write(`The table is in ${options.to}.\n`);
      return 0;
    });
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** Before an hour of grading, and not after it: whether the table can be written. */
function prepareTable({ to, force = false }: GradeOptions): void {
  if (existsSync(to) && !force) {
    throw new CliError(`${to} is there already: give another name, or --force to replace it.`);
  }
  const folder = path.dirname(path.resolve(to));
  try {
    makeFolder(folder);
    accessSync(existsSync(to) ? to : folder, constants.W_OK);
  } catch {
    throw new CliError(`${to} cannot be written: give another name with --to.`);
  }
  if (existsSync(to) && statSync(to).isDirectory()) {
    throw new CliError(`${to} is a folder: give the name of a file with --to.`);
  }
}

function instructorsNotebooks(folder: string): NamedNotebook[] {
  return notebooksIn([folder]).map((file) => ({
    name: path.basename(file, '.ipynb'),
    notebook: readNotebook(file),
  }));
}

/** What the instructor's notebooks use counts as theirs does, whatever was handed in. */
function copyMaterial(folder: string, copies: Submission[]): void {
  const names = otherFilesIn(folder);
  const places = new Set(copies.flatMap(({ notebooks }) => notebooks.map((file) => path.dirname(file))));
  for (const place of places) copyFiles(names, folder, place);
}

function copyOf(submission: Submission, folder: string): Submission {
  const copy = path.join(folder, path.basename(submission.path));
  cpSync(submission.path, copy, { recursive: true });
  const notebooks = submission.notebooks.map((file) => path.join(copy, path.relative(submission.path, file)));
  return { ...submission, path: copy, notebooks };
}
