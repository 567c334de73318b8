// The long storms, `npm run storms`: 5,000 cells and 1,000,000 lines through nbclient, then ten times 2,000 mixed cells with an
// interrupt every 40. The tests have shorter ones. `npm run storms -- notebooks`: all notebooks with random interrupts.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installation } from '../../kernel/package-root';
import { runToEnd } from '../support/commands/parlab';
import { clientEnvironment, clientPrograms } from '../support/jupyter/environment';
import { interruptStorm } from './interrupt-storm';
import { notebookStorms } from './notebook-storms';

const ROUNDS = 10;
const CELLS = 2000;
const SOON_MS = 500;

async function main(): Promise<void> {
  const [what, ...args] = process.argv.slice(2);
  if (what === 'notebooks') {
    process.exitCode = await notebookStorms(args);
    return;
  }
  const home = mkdtempSync(path.join(tmpdir(), 'storm-'));
  try {
    const env = clientEnvironment(await clientPrograms(), home);
    const program = path.join(installation, 'test', 'storms', 'storm.py');
    const { code, stdout, stderr } = await runToEnd('python', [program, '5000', '1000000'], {
      cwd: home,
      env,
    });
    process.stdout.write(stdout);
    process.stderr.write(stderr);
    process.exitCode = code ?? 1;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
  for (let round = 1; round <= ROUNDS; round++) {
    const { interrupts } = await interruptStorm(CELLS);
    const [shortest = 0, ...sorted] = interrupts.toSorted((a, b) => a - b);
    const longest = sorted.at(-1) ?? shortest;
    const median = sorted[Math.floor(sorted.length / 2)] ?? shortest;
    const figures = `median ${median.toFixed(0)} ms, longest ${longest.toFixed(0)} ms`;
    process.stdout.write(`Round ${round}: ${CELLS} cells, ${interrupts.length} interrupts: ${figures}\n`);
    if (longest > SOON_MS) process.exitCode = 1;
  }
}

void main();
