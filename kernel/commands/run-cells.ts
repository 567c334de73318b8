// Runs a notebook's code cells in the kernel's own session, without Jupyter: what they print comes to this terminal.
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { LazyCells } from '../handlers/lazy-cells';
import { readNotebook, runnableCells, sourceOf } from '../notebook-runner/notebook-file';
import type { MimeBundle, ShownError } from '../session/conversation';
import { type CellReport, Supervisor } from '../supervisor/supervisor';

// Like a Python program at its end: children that are no daemons are waited for.
const JOIN_CHILDREN = `
import { activeChildren as __activeChildren } from 'parlab';
await Promise.all(__activeChildren().filter((child) => !child.daemon).map((child) => child.join()));
`;

/** Resolves with the exit code: 1 when a cell fails, which ends the run. */
export async function runCells(file: string): Promise<number> {
  const sources = runnableCells(readNotebook(file)).map(sourceOf);
  process.chdir(path.dirname(path.resolve(file)));
  const code = new LazyCells();
  const session = new Supervisor([path.join(__dirname, '..', 'session', 'entry.js')], () => undefined, {
    text: (_tag, name, text) => process[name].write(text),
    rawText: (name, text) => process[name].write(text),
    report: (_tag, report) => void show(report, session),
    sessionLost: (ending) => showError(ending),
    forgot: () => {},
  });
  const interrupt = (): void => session.interrupt();
  process.on('SIGINT', interrupt);
  try {
    for (const [index, source] of [...sources, JOIN_CHILDREN].entries()) {
      const isLast = index === sources.length;
      const converted = await code.convert(source, isLast ? 'end' : index + 1);
      if (!converted.ok) return failed(converted.error);
      const outcome = await session.evaluate({
        tag: String(index + 1),
        program: converted.program,
        silent: isLast,
        allowStdin: true,
      });
      if (outcome.type !== 'returned') return failed(outcome);
      if (outcome.bundle) showBundle(outcome.bundle);
    }
    return 0;
  } finally {
    process.off('SIGINT', interrupt);
    await session.stop();
    code.close();
  }
}

async function show(report: CellReport, session: Supervisor): Promise<void> {
  switch (report.type) {
    case 'displayed':
      return showBundle(report.bundle);
    case 'failed':
      return showError(report);
    case 'asked':
      session.answer({ type: 'answered', question: report.question, text: await ask(report.prompt) });
      return;
    case 'cleared':
      // A terminal keeps what it has shown.
      return;
    default:
      report satisfies never;
  }
}

async function ask(prompt: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  // At the end of the input `question` would never settle.
  const ended = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  try {
    return await Promise.race([terminal.question(prompt), ended]);
  } finally {
    terminal.close();
  }
}

function showBundle(bundle: MimeBundle): void {
  process.stdout.write(`${String(bundle['text/plain'] ?? Object.keys(bundle).join(', '))}\n`);
}

function failed(error: ShownError): number {
  showError(error);
  return 1;
}

function showError({ traceback }: ShownError): void {
  process.stderr.write(`${traceback.join('\n')}\n`);
}
