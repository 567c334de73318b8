// `npm run storms -- notebooks`: all notebooks under interrupts at random moments, round after round.
import { parseArgs } from 'node:util';
import { Random } from '../chaos/random';
import { readNotebooks } from './notebook-file';
import { type Calm, calm, storm } from './storm';

const USAGE =
  'Usage: npm run storms -- notebooks [--rounds 50] [--seed N] [--at-once 2] [--only WORD]\n' +
  'Each notebook runs calmly first, and then once a round, with interrupts. WORD is a part of its name.';

/** One for each notebook, so that one of them in one round can be repeated by itself. */
const SEEDS_A_ROUND = 1000;

/** Resolves with the exit code. */
export async function notebookStorms(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string', default: '50' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
      'at-once': { type: 'string', default: '2' },
      only: { type: 'string', default: '' },
      help: { type: 'boolean', default: false },
    },
  });
  const [rounds, seed, atOnce] = [values.rounds, values.seed, values['at-once']].map(Number) as [
    number,
    number,
    number,
  ];
  const notebooks = [...readNotebooks().entries()].filter(([, { name }]) => name.includes(values.only));
  if (values.help || notebooks.length === 0 || !(rounds > 0) || !(atOnce > 0) || !Number.isInteger(seed)) {
    process.stdout.write(`${USAGE}\n`);
    return values.help ? 0 : 2;
  }
  process.stdout.write(`${notebooks.length} notebooks, ${rounds} rounds, seed ${seed}\n`);
  const seedOf = (round: number): number => seed + SEEDS_A_ROUND * (round - 1);
  const known = new Map<string, Calm>();
  const failed: string[] = [];
  for (let round = 0; round <= rounds; round++) {
    const interrupts: number[] = [];
    let runAbove = 0;
    await eachOf(notebooks, atOnce, async ([at, notebook]) => {
      const { name } = notebook;
      try {
        const before = known.get(name);
        if (before === undefined) {
          known.set(name, await calm(notebook));
          return;
        }
        const found = await storm(before, new Random(seedOf(round) + at));
        interrupts.push(...found.interrupts);
        runAbove += found.runAbove;
      } catch (error) {
        failed.push(`--rounds 1 --seed ${seedOf(round)} --only ${name}`);
        process.stdout.write(`  round ${round}, ${name}: ${(error as Error).message}\n`);
      }
    });
    const calmly = `Calm: ${known.size} of ${notebooks.length} notebooks run, and every check says yes.`;
    process.stdout.write(`${round === 0 ? calmly : told(round, interrupts, runAbove)}\n`);
  }
  process.stdout.write(
    failed.length === 0 ? 'Nothing wrong.\n' : `Wrong. To repeat it:\n${failed.join('\n')}\n`,
  );
  return failed.length === 0 ? 0 : 1;
}

function told(round: number, interrupts: number[], runAbove: number): string {
  const sorted = interrupts.toSorted((a, b) => a - b);
  const [median = 0, longest = 0] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
  return (
    `Round ${round}: ${sorted.length} interrupts: median ${median.toFixed(0)} ms, longest ${longest.toFixed(0)} ms; ` +
    `${runAbove} times all cells above had to run again`
  );
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
