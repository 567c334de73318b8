#!/usr/bin/env node
// The command line. Its commands load only what they need: `parlab kernel` runs each time a notebook opens.
import { CliError } from './cli-error';

async function main(argv: string[]): Promise<void> {
  const [command, connectionFile] = argv.slice(2);
  if (command === 'kernel' && connectionFile !== undefined) {
    // Required, for the loader that import() brings is one more to begin.
    const { beginKernel } = require('./kernel-process/begin') as typeof import('./kernel-process/begin');
    await beginKernel(connectionFile);
  } else {
    // A program that reads only the first lines, such as `head`, has seen enough.
    process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
      if (code === 'EPIPE') process.exit();
    });
    const { commandLine } = await import('./cli/commands/command-line.js');
    await commandLine().parseAsync(argv);
  }
}

main(process.argv).catch((error: unknown) => {
  process.exitCode = 1;
  if (!(error instanceof CliError)) throw error;
  process.stderr.write(`parlab: ${error.message}\n`);
});
