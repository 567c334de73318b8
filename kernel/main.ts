#!/usr/bin/env node
// The command line. Its commands load only what they need: `parlab kernel` runs each time a notebook opens.
import { CommandError } from './command-error';

async function main(argv: string[]): Promise<void> {
  const [command, connectionFile] = argv.slice(2);
  if (command === 'kernel' && connectionFile !== undefined) {
    await kernel(connectionFile);
  } else {
    const { commandLine } = await import('./commands/command-line.js');
    await commandLine().parseAsync(argv);
  }
}

/** The compiler is begun before anything else is loaded: the first cell waits for it longest. */
async function kernel(connectionFile: string): Promise<void> {
  const { RemoteCells } = await import('./compiler-process/remote-cells.js');
  const cells = new RemoteCells({ directory: process.cwd() });
  cells.prepare();
  try {
    const { runKernel } = await import('./kernel.js');
    await runKernel(connectionFile, cells);
  } finally {
    await cells.close();
  }
}

main(process.argv).catch((error: unknown) => {
  if (!(error instanceof CommandError)) throw error;
  process.stderr.write(`parlab: ${error.message}\n`);
  process.exitCode = 1;
});
