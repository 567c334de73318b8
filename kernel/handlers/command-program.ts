// What the session evaluates for a line such as `!npm install x`.

import { join } from 'node:path';
import type { CellProgram } from '../cells/program';

const RUN_COMMAND = join(__dirname, '..', 'session', 'run-command.js');

export function commandProgram(command: string, url: string): CellProgram {
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
    modules: [],
  };
}
