// How an error that was not caught in a child is told: once, in the child, with the user's own lines and no
// others.
import { stripVTControlCharacters } from 'node:util';
import { DeadlockError, display } from '../deadlock/deadlock-error';
import { hostFd } from '../host/output';
import { report } from '../host/report';
import { myIdentity } from '../identity/identity';
import { currentSlot, hasDeadAncestor, hasSlot } from '../memory/slots';
import { errorText } from './error-text';

export function reportUncaught(): void {
  process.on('uncaughtException', (error: unknown) => {
    // A target with a handler of its own decides for itself, as in any Node program.
    if (process.listenerCount('uncaughtException') > 1) return;
    tellUncaught(myIdentity().name, error);
    process.exit(1);
  });
}

export function tellUncaught(name: string, error: unknown): void {
  // The end of its parent is its own, a moment later; what it meets in that moment is no news.
  if (hasSlot() && hasDeadAncestor(currentSlot())) process.kill(process.pid, 'SIGKILL');
  const text = `${headOf(name)}\n${errorText(error)}\n`;
  process.stderr.write(showsColours() ? text : stripVTControlCharacters(text));
  if (error instanceof DeadlockError) draw(error);
}

/** Under the cell to which this child belongs, or else on the terminal. */
function draw(error: DeadlockError): void {
  const isShown = report({ type: 'displayed', bundle: error[display](), metadata: {} });
  if (!isShown) process.stderr.write(`${error.text}\n`);
}

/** 'Process Ada:'; the name that it gets by default says already what it is. */
function headOf(name: string): string {
  return name.startsWith('Process-') ? `${name}:` : `Process ${name}:`;
}

function showsColours(): boolean {
  return process.stderr.isTTY === true || hostFd() !== undefined;
}
