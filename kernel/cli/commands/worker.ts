// `parlab worker`: this computer works for a room until it is told to leave.
import path from 'node:path';
import { ParallelError } from 'parlab';
import { joinAsWorker } from 'parlab/cluster/worker';
import { CliError } from '../../cli-error';

export interface WorkerCommand {
  join: string;
  slots?: string;
  name?: string;
  home: string;
  grace: string;
}

/** Resolves with the exit code when it has left. A second signal does not wait for what runs. */
export async function worker({ join, slots, name, home, grace }: WorkerCommand): Promise<number> {
  // All that was typed is looked at before hours of work.
  const graceMs = 1000 * atLeast(0, '--grace', grace);
  const signals = signalled();
  const joined = await joinAsWorker({
    join,
    ...(slots !== undefined && { slots: atLeast(1, '--slots', slots) }),
    ...(name !== undefined && { name }),
    home: path.resolve(home),
    log: (line) => process.stderr.write(`parlab worker: ${line}\n`),
  }).catch((error: unknown) => {
    throw error instanceof ParallelError ? new CliError(error.message) : error;
  });
  await signals.next();
  await Promise.race([joined.leave(graceMs), signals.next().then(() => joined.leave(0))]);
  process.exit(0);
}

function atLeast(least: number, option: string, text: string): number {
  const number = Number(text);
  if (text.trim() !== '' && Number.isInteger(number) && number >= least) return number;
  throw new CliError(`${option} takes a whole number from ${least}, and not '${text}'.`);
}

/** SIGTERM, as of Slurm and Kubernetes, or Ctrl-C. */
async function* signalled(): AsyncGenerator<void> {
  const heard: (() => void)[] = [];
  let count = 0;
  const hear = () => {
    count++;
    heard.shift()?.();
  };
  process.on('SIGTERM', hear).on('SIGINT', hear);
  for (;;) {
    if (count === 0) await new Promise<void>((resolve) => heard.push(resolve));
    count--;
    yield;
  }
}
