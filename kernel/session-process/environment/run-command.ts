// Runs a command line of a cell, such as `!npm install x`: a program with its arguments, and no shell
// between.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { parse } from 'shell-quote';

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

function wordsOf(line: string): string[] {
  const entries = parse(line, (name) => process.env[name] ?? '');
  return entries.flatMap((entry) => {
    if (typeof entry === 'string') return entry;
    if ('comment' in entry) return [];
    if (entry.op === 'glob') return entry.pattern;
    throw new CommandError(
      `A line with ! runs one program and is no shell: "${entry.op}" means nothing here. Use node:child_process for more.`,
    );
  });
}
