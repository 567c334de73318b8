// How an error that nobody caught in a child is told: once, in the child, with the user's own lines and no
// others.
import { dirname, sep } from 'node:path';
import { inspect, stripVTControlCharacters } from 'node:util';
import { DeadlockError, display } from '../deadlock/deadlock-error';
import { report } from '../host/report';
import { myIdentity } from '../identity/identity';
import { currentSlot, hasDeadAncestor } from '../memory/slots';

// Our own files, compiled and, behind source maps, as they were written.
const OUR_PACKAGE = dirname(dirname(__dirname)) + sep;

export function reportUncaught(): void {
  process.on('uncaughtException', (error: unknown) => {
    // A target with a handler of its own decides for itself, as in any Node program.
    if (process.listenerCount('uncaughtException') > 1) return;
    tellUncaught(myIdentity().name, error);
    process.exit(1);
  });
}

export function tellUncaught(name: string, error: unknown): void {
  // The end of its parent is its own, a moment later; what it meets in that moment is nobody's news.
  if (hasDeadAncestor(currentSlot())) process.kill(process.pid, 'SIGKILL');
  process.stderr.write(`Process ${name}:\n${describe(error)}\n`);
  if (error instanceof DeadlockError) draw(error);
}

/** Under the cell to which this child belongs, or else on the terminal. */
function draw(error: DeadlockError): void {
  const isShown = report({ type: 'displayed', bundle: error[display](), metadata: {} });
  if (!isShown) process.stderr.write(`${error.text}\n`);
}

/** The error with its cause and fields; of its stack, the lines of the program alone. */
function describe(error: unknown): string {
  const text = inspect(error, { colors: process.stderr.isTTY === true });
  const shown = error instanceof Error ? text : `Uncaught ${text}`;
  const lines: string[] = [];
  for (const line of shown.split('\n')) {
    if (!isInternal(stripVTControlCharacters(line))) lines.push(line.replace('(file:///', '(/'));
    // The last frame also opens the list of the error's fields.
    else if (line.endsWith(' {')) lines.push(`${lines.pop() ?? ''} {`);
  }
  return lines.join('\n');
}

function isInternal(line: string): boolean {
  if (/^\s*\.\.\. \d+ lines matching cause stack trace/.test(line)) return true;
  if (!/^\s*at /.test(line)) return false;
  return /\bnode:|\(<anonymous>\)/.test(line) || line.includes(OUR_PACKAGE);
}
