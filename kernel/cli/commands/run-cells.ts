// Runs a notebook's code cells in the kernel's own session, without Jupyter: what they print comes to this
// terminal.
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { stripVTControlCharacters } from 'node:util';
import { createCells } from '../../compiler-process/cells';
import type { MimeBundle, ShownError } from '../../conversations/session';
import { UnmadeNames } from '../../conversations/unmade-names';
import { runCommands } from '../../kernel-process/handlers/command-program';
import { showDiagnostics, showWarnings } from '../../kernel-process/output/show-diagnostics';
import { sessionProgram } from '../../kernel-process/supervisor/session-program';
import { type CellOutcome, type CellReport, Supervisor } from '../../kernel-process/supervisor/supervisor';
import { hasTag, readNotebook, runnableCells, sourceOf } from '../notebook-runner/notebook-file';

// Like a Python program at its end: children that are no daemons are waited for.
const JOIN_CHILDREN = `
import { activeChildren as childrenAtTheEnd } from 'parlab';
await Promise.all(childrenAtTheEnd().filter((child) => !child.daemon).map((child) => child.join()));
`;

/**
 * Resolves with the exit code: 1 when a cell fails that is not tagged raises-exception; the run ends there.
 */
export async function runCells(file: string): Promise<number> {
  const cells = runnableCells(readNotebook(file));
  process.chdir(path.dirname(path.resolve(file)));
  const notebook = createCells({ directory: process.cwd() });
  const session = new Supervisor(sessionProgram, () => undefined, {
    text: (_tag, name, text) => write(name, text),
    rawText: (name, text) => write(name, text),
    report: (_tag, report) => void show(report, session),
    // A terminal has no widgets.
    comm: () => {},
    sessionLost: (ending) => showError(ending),
    forgot: () => {},
    log: (sentence) => process.stderr.write(`${sentence}\n`),
    sessionPid: () => {},
    isHeld: () => false,
  });
  const unmadeNames = new UnmadeNames();
  const runCell = async (name: string, source: string, silent = false): Promise<CellOutcome> => {
    const { commands, rest } = notebook.commandLines(source);
    const failed = await runCommands(commands, { tag: name, name }, session);
    if (failed) return failed;
    const unmade = unmadeNames.all;
    const converted = notebook.convert(rest, { cell: name, unmade });
    if (!converted.ok) {
      unmadeNames.failed(converted, name);
      return { type: 'threw', ...showDiagnostics(converted.diagnostics, name) };
    }
    write('stderr', showWarnings(converted.warnings, name));
    const { program } = converted;
    unmadeNames.begun(program);
    return session.evaluate({ tag: name, program, unmade, silent, allowStdin: true });
  };
  const interrupt = (): void => session.interrupt();
  process.on('SIGINT', interrupt);
  try {
    for (const [index, cell] of cells.entries()) {
      const outcome = await runCell(`Cell ${index + 1}`, sourceOf(cell));
      if (outcome.type === 'returned' && outcome.bundle) showBundle(outcome.bundle);
      if (outcome.type !== 'returned') {
        showError(outcome);
        if (outcome.type !== 'threw' || !hasTag(cell, 'raises-exception')) return 1;
      }
    }
    const end = await runCell('End of the notebook', JOIN_CHILDREN, true);
    if (end.type === 'returned') return 0;
    showError(end);
    return 1;
  } finally {
    process.off('SIGINT', interrupt);
    await session.stop();
    notebook.close();
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
    case 'suggested':
      // A terminal keeps what it has shown, and there is no cell after the last.
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

function showError({ traceback }: ShownError): void {
  write('stderr', `${traceback.join('\n')}\n`);
}

/** Errors are coloured as in JupyterLab where the terminal shows colours; in a file they would be noise. */
function write(name: 'stdout' | 'stderr', text: string): void {
  const isPlain = name === 'stderr' && process.stderr.isTTY !== true;
  process[name].write(isPlain ? stripVTControlCharacters(text) : text);
}
