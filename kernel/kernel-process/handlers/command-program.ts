// Runs lines such as `!npm install x`: each is a program that the session evaluates.

import { join } from 'node:path';
import type { CellProgram } from '../../conversations/cell-program';
import type { CellOutcome, Supervisor } from '../supervisor/supervisor';

const RUN_COMMAND = join(__dirname, '..', '..', 'session-process', 'environment', 'run-command.js');

type Failure = Exclude<CellOutcome, { type: 'returned' }>;

/**
 * Runs them one after the other, under the cell's tag and name; gives how the first one ended that failed, if
 * one did. `refused` is asked before each: what it gives ends them.
 */
export async function runCommands(
  commands: readonly string[],
  { tag, name }: { tag: string; name: string },
  session: Supervisor,
  refused: () => Failure | undefined = () => undefined,
): Promise<Failure | undefined> {
  for (const command of commands) {
    const refusal = refused();
    if (refusal) return refusal;
    const program = commandProgram(command, name);
    const outcome = await session.evaluate({ tag, program, silent: true, allowStdin: false });
    if (outcome.type !== 'returned') return outcome;
  }
  return undefined;
}

function commandProgram(command: string, url: string): CellProgram {
  const call = `require(${JSON.stringify(RUN_COMMAND)}).runCommand(${JSON.stringify(command)})`;
  return {
    url,
    javascript: `await __interruptible(${call});`,
    sourceMap: {
      version: 3,
      file: url,
      sources: [url],
      sourcesContent: [`!${command}`],
      names: [],
      mappings: '',
    },
    isAsync: true,
    declares: [],
    uses: [],
    modules: [],
  };
}
