// `npm run storms -- notebooks`: all notebooks under interrupts at random moments, round after round.
import { parseArgs } from 'node:util';
import { Random } from '../chaos/random';
import { type Notebook, readNotebooks } from '../support/notebooks/notebook-file';
import { type Calm, calm, storm } from './notebook-storm';
import { type Run, runLine, table } from './storm-figures';

const USAGE =
  'Usage: npm run storms -- notebooks [--rounds 50] [--minutes N] [--seed N] [--at-once 2] [--only WORD]\n' +
  'Each notebook runs calmly first, and then once a round, with interrupts. WORD is a part of its name.\n' +
  'After N minutes no other run begins.';

/** One for each notebook, so that one of them in one round can be repeated by itself. */
const SEEDS_A_ROUND = 1000;
const MS_A_MINUTE = 60_000;

interface Task {
  round: number;
  seed: number;
  notebook: Notebook;
}

/** Resolves with the exit code. */
export async function notebookStorms(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string', default: '50' },
      minutes: { type: 'string', default: 'Infinity' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
      'at-once': { type: 'string', default: '2' },
      only: { type: 'string', default: '' },
      help: { type: 'boolean', default: false },
    },
  });
  const [rounds, minutes, seed, atOnce] = [values.rounds, values.minutes, values.seed, values['at-once']].map(
    Number,
  ) as [number, number, number, number];
  const notebooks = [...readNotebooks().entries()].filter(([, { name }]) => name.includes(values.only));
  const areNumbers = rounds > 0 && minutes > 0 && atOnce > 0 && Number.isInteger(seed);
  if (values.help || notebooks.length === 0 || !areNumbers) {
    process.stdout.write(`${USAGE}\n`);
    return values.help ? 0 : 2;
  }
  process.stdout.write(`${notebooks.length} notebooks, ${rounds} rounds, seed ${seed}\n`);
  const tasks = Array.from({ length: rounds }, (_, round) =>
    notebooks.map(([at, notebook]) => ({
      round: round + 1,
      seed: seed + SEEDS_A_ROUND * round,
      at,
      notebook,
    })),
  ).flat();
  const until = performance.now() + minutes * MS_A_MINUTE;
  const calms = new Map<string, Promise<Calm>>();
  const runs: Run[] = [];
  const failed: string[] = [];
  await eachOf(tasks, atOnce, async (task) => {
    if (performance.now() > until) return;
    const { name } = task.notebook;
    try {
      const before = await calmOf(task, calms);
      const began = performance.now();
      const found = await storm(before, new Random(task.seed + task.at));
      const run = { ...found, name, round: task.round, tookMs: performance.now() - began };
      runs.push(run);
      process.stdout.write(`${runLine(run)}\n`);
    } catch (error) {
      failed.push(`--rounds 1 --seed ${task.seed} --only ${name}`);
      process.stdout.write(`round ${task.round}, ${name}: ${(error as Error).message}\n`);
    }
  });
  process.stdout.write(`${table(runs)}\n`);
  process.stdout.write(
    failed.length === 0 ? 'Nothing wrong.\n' : `Wrong. To repeat it:\n${failed.join('\n')}\n`,
  );
  return failed.length === 0 ? 0 : 1;
}

/** Runs it calmly once; again in the next round where it has failed. */
async function calmOf({ round, notebook }: Task, calms: Map<string, Promise<Calm>>): Promise<Calm> {
  const { name } = notebook;
  const found = calms.get(name) ?? calm(notebook);
  calms.set(name, found);
  try {
    return await found;
  } catch (error) {
    calms.delete(name);
    throw new Error(`before the interrupts of round ${round}: ${(error as Error).message}`, { cause: error });
  }
}

async function eachOf<T>(
  items: readonly T[],
  atOnce: number,
  action: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const one = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await action(next);
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}
