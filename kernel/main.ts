#!/usr/bin/env node
// The command line. Its commands load only what they need: `parlab kernel` runs each time a notebook opens.
import { CommandError } from './command-error';

async function main(argv: string[]): Promise<void> {
  const [command, connectionFile] = argv.slice(2);
  if (command === 'kernel' && connectionFile !== undefined) {
    const { runKernel } = await import('./kernel.js');
    await runKernel(connectionFile);
  } else {
    const { commandLine } = await import('./commands/command-line.js');
    await commandLine().parseAsync(argv);
  }
}

main(process.argv).catch((error: unknown) => {
  if (!(error instanceof CommandError)) throw error;
  process.stderr.write(`parlab: ${error.message}\n`);
  process.exitCode = 1;
});
