// `parlab check`: runs notebooks as JupyterLab would and tells which hold.
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { allHold, asText } from '../course/grades';
import { submissionsAt } from '../course/submissions';
import { notebooksIn } from '../notebook-runner/find-notebooks';
import { readNotebook, sourceOf, writeNotebook } from '../notebook-runner/notebook-file';
import { type Failure, runNotebook } from '../notebook-runner/run-notebook';
import { type KernelOptions, type Kernels, timeoutMsOf, withKernels } from './kernels';
import { markSubmissions } from './mark-submissions';
import { ProgressLine } from './progress-line';

export interface CheckOptions extends KernelOptions {
  write?: boolean;
  /** Tell which exercises hold instead. */
  passed?: boolean;
  /** Seconds for one cell, as typed. */
  timeout: string;
}

/** Resolves with the exit code: 0 only if every notebook holds. */
export async function check(paths: string[], options: CheckOptions): Promise<number> {
  const timeoutMs = timeoutMsOf(options.timeout);
  if (options.passed) return checkPassed(paths, options, timeoutMs);
  const files = notebooksIn(paths);
  return withKernels(options, async (kernels) => {
    const failed = await checkAll(files, kernels, { ...options, timeoutMs });
    return failed === 0 ? 0 : 1;
  });
}

/** Each path is one student's. A cell that fails ends nothing: the checks below it say what comes of it. */
async function checkPassed(paths: string[], options: CheckOptions, timeoutMs: number): Promise<number> {
  const submissions = submissionsAt(paths);
  return withKernels(options, async (kernels) => {
    const rows = await markSubmissions(submissions, kernels, { timeoutMs, checks: [] });
    process.stdout.write(asText(rows));
    return allHold(rows) && !kernels.signal.aborted ? 0 : 1;
  });
}

interface CheckSettings extends CheckOptions {
  timeoutMs: number;
}

/** Resolves with the number of notebooks that do not hold. */
async function checkAll(files: string[], kernels: Kernels, settings: CheckSettings): Promise<number> {
  const { signal } = kernels;
  let failed = 0;
  for (const file of files) {
    if (signal.aborted) break;
    if (!(await checkOne(kernels, file, settings))) failed += 1;
  }
  const total = files.length;
  process.stdout.write(
    signal.aborted
      ? `\nInterrupted.\n`
      : `\n${total - failed} of ${total} ${total === 1 ? 'notebook holds' : 'notebooks hold'}.\n`,
  );
  return signal.aborted ? failed + 1 : failed;
}

async function checkOne(kernels: Kernels, file: string, settings: CheckSettings): Promise<boolean> {
  const relative = path.relative(process.cwd(), file);
  const name = relative.startsWith('..') ? file : relative;
  const progress = new ProgressLine();
  const notebook = readNotebook(file);
  const begun = Date.now();
  progress.show(`… ${name}  starting a kernel`);
  const session = await kernels.start(file);
  let failure: Failure | undefined;
  try {
    failure = await runNotebook(session.kernel, notebook, {
      timeoutMs: settings.timeoutMs,
      signal: kernels.signal,
      onCell: (number, count) => progress.show(`… ${name}  cell ${number} of ${count}`),
    });
  } finally {
    await session.end();
  }
  const seconds = ((Date.now() - begun) / 1000).toFixed(1);
  progress.end(`${failure ? '✗' : '✓'} ${name}  ${seconds} s`);
  if (failure) process.stdout.write(describe(name, failure));
  // A kernel that does not start tells why in the server's log only.
  const log = failure?.cellNumber === 0 ? kernels.lastWords() : undefined;
  if (log !== undefined) process.stdout.write(`${log}\n`);
  // Outputs of a run that failed half-way would replace good ones.
  if (settings.write && !failure) writeNotebook(file, notebook);
  return failure === undefined;
}

function describe(name: string, { cellNumber, cell, reason, traceback }: Failure): string {
  const where = cell ? `${name}, cell [${cellNumber}]: ${firstLine(sourceOf(cell))}` : name;
  const text = traceback.join('\n');
  const lines = (process.stdout.isTTY ? text : stripVTControlCharacters(text)).split('\n');
  const shown = lines.some((line) => line.trim()) ? lines : [];
  return `${[`  ${where}`, `  ${reason}`, ...shown.map((line) => `    ${line}`)].join('\n')}\n`;
}

function firstLine(source: string): string {
  return source.trim().split('\n')[0] ?? '';
}
