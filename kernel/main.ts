#!/usr/bin/env node
// The command line. Its commands load only what they need: `parlab kernel` runs each time a notebook opens.
import { CliError } from './cli-error';

async function main(argv: string[]): Promise<void> {
  const [command, connectionFile] = argv.slice(2);
  if (command === 'kernel' && connectionFile !== undefined) {
    await kernel(connectionFile);
  } else {
    // Who reads only the first lines, such as `head`, has seen enough.
    process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
      if (code === 'EPIPE') process.exit();
    });
    const { commandLine } = await import('./cli/commands/command-line.js');
    await commandLine().parseAsync(argv);
  }
}

/** The compiler is begun before anything else is loaded: the first cell waits for it longest. */
async function kernel(connectionFile: string): Promise<void> {
  const { Log, redirectTo } = await import('./kernel-process/log.js');
  const { Leaving } = await import('./kernel-process/leaving.js');
  const { Guard } = await import('./kernel-process/guard.js');
  const log = new Log();
  redirectTo(log);
  // A fault in here must not cost the student her variables: they live in the session, which goes on.
  process.on('uncaughtException', log.fault).on('unhandledRejection', log.fault);
  const leaving = new Leaving();
  const { RemoteCells } = await import('./kernel-process/compiler/remote-cells.js');
  const guard = new Guard();
  const cells = new RemoteCells({ directory: process.cwd(), log: log.write, guard: guard.watch });
  leaving.atLast(() => cells.kill());
  cells.prepare();
  try {
    const { runKernel } = await import('./kernel-process/kernel.js');
    await runKernel(connectionFile, { cells, log: log.write, leaving, guard: guard.watch });
  } finally {
    await cells.close();
    guard.close();
    leaving.done();
  }
}

main(process.argv).catch((error: unknown) => {
  process.exitCode = 1;
  if (!(error instanceof CliError)) throw error;
  process.stderr.write(`parlab: ${error.message}\n`);
});
