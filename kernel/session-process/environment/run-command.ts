// Runs a command line of a cell, such as `!npm install x`: a program with its arguments, and no shell
// between.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { parse } from 'shell-quote';
import { neededShell } from './shell-only';

export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** What it writes appears under the cell as it comes. Throws a CommandError when it does not end with 0. */
export async function runCommand(line: string): Promise<void> {
  const [program = '', ...args] = wordsOf(line);
  const running = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  for (const name of ['stdout', 'stderr'] as const) {
    running[name].setEncoding('utf8').on('data', (text: string) => process[name].write(text));
  }
  const [code, killedBy] = (await once(running, 'close').catch((error: NodeJS.ErrnoException) => {
    // EACCES: some folder on the PATH may not be read, and none that may has it.
    throw error.code === 'ENOENT' || (error.code === 'EACCES' && !program.includes('/'))
      ? new CommandError(`There is no program "${program}" on the PATH.`)
      : error;
  })) as [number | null, string | null];
  if (code !== 0) throw new CommandError(`"${line}" ended with ${killedBy ?? `exit code ${code}`}.`);
}

/** What stands in quotes, which stays; a `#` in the middle of a word, and a `~` for the home folder. */
const UNQUOTED = /'[^']*'|"(?:\\.|[^"\\])*"|(?<=\S)#|(?<=^|\s)~(?=[/\s]|$)/gs;

function wordsOf(line: string): string[] {
  const reason = neededShell(line);
  if (reason !== undefined) throw new CommandError(reason);
  const prepared = line.replace(UNQUOTED, (found) => ({ '#': '\\#', '~': '"$HOME"' })[found] ?? found);
  const entries = parse(prepared, (name) => process.env[name] ?? '');
  return entries.flatMap((entry) => {
    if (typeof entry === 'string') return entry;
    if ('comment' in entry) return [];
    if (entry.op === 'glob' && !entry.pattern.includes('*')) return entry.pattern;
    if (entry.op === 'glob') {
      throw new CommandError(
        `A line with ! is no shell: "${entry.pattern}" is not replaced by names of files. Write the names, or put it in quotes if the program is to read it.`,
      );
    }
    throw new CommandError(
      `A line with ! runs one program and is no shell: "${entry.op}" means nothing here. Use node:child_process for more.`,
    );
  });
}
