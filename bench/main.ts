// npm run bench -- [QUESTION …] [--quick] [--rounds N] [--note TEXT] [--merge]: measures, prints, and after a whole run writes
// docs/benchmarks.md; with --merge it puts the answers to some questions into the page that is there.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './contenders';
import { verdicts } from './goals';
import { merged } from './merge';
import { goalText, page, shown } from './page';
import { drawPictures } from './pictures';
import { questions } from './questions';
import { isQuick } from './quick';
import { type Answer, runRounds } from './rounds';

// Where it is set, each Node reads certificates as it starts, in 20 to 40 ms: that is the machine's affair, not a kernel's.
delete process.env.NODE_EXTRA_CA_CERTS;

const ROUNDS = 5;
const ROUNDS_OF_QUICK = 3;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: {
      quick: { type: 'boolean' },
      rounds: { type: 'string' },
      note: { type: 'string' },
      merge: { type: 'boolean' },
    },
    allowPositionals: true,
  });
  const unknown = positionals.filter((word) => !questions.some(({ name }) => name === word));
  if (unknown.length > 0) {
    const names = questions.map(({ name }) => name).join(', ');
    process.stderr.write(`There is no question '${unknown[0]}'. There are: ${names}.\n`);
    process.exitCode = 1;
    return;
  }
  const isWhole = positionals.length === 0;
  const chosen = isWhole ? questions : questions.filter(({ name }) => positionals.includes(name));
  const rounds = Number(values.rounds) || (isQuick ? ROUNDS_OF_QUICK : ROUNDS);
  for (const question of chosen) await question.prepare?.();
  const answers = await runRounds(chosen, rounds, (line) => process.stderr.write(`${line}\n`));
  for (const answer of answers) print(answer);
  printGoals(answers);
  if (isQuick || (!isWhole && !values.merge)) return;
  const docs = join(root, 'docs');
  const file = join(docs, 'benchmarks.md');
  if (isWhole) {
    drawPictures(answers, join(docs, 'images'));
    writeFileSync(file, page(answers, rounds, values.note));
  } else {
    const day = new Date().toISOString().slice(0, 10);
    const measured = `Measured later than the rest, on ${day}, ${rounds === 1 ? 'in one round' : `in ${rounds} rounds`}.`;
    writeFileSync(
      file,
      merged(readFileSync(file, 'utf8'), answers, [measured, values.note ?? ''].join(' ').trim()),
    );
  }
  process.stdout.write('Written to docs/benchmarks.md\n');
}

function print({ question, case: { name, unit }, figures }: Answer): void {
  process.stdout.write(`\n${question.name}: ${name}\n`);
  for (const figure of figures) {
    const name = figure.name.padEnd(24);
    if (figure.gap !== undefined) {
      process.stdout.write(`  ${name}${figure.gap.padStart(14)}\n`);
      continue;
    }
    const ratio =
      figure === figures[0]
        ? ''
        : `${shown(figure.ratio)}× (${shown(figure.lowest)}–${shown(figure.highest)})`;
    process.stdout.write(`  ${name}${shown(figure.median).padStart(14)} ${unit}  ${ratio}\n`);
  }
}

function printGoals(answers: readonly Answer[]): void {
  process.stdout.write('\n');
  for (const verdict of verdicts(answers)) {
    const { answer, measured, isReached } = verdict;
    const name = `${answer.question.name}: ${answer.case.name}`;
    process.stdout.write(
      `${isReached ? 'reached' : 'MISSED '}  ${name}: ${shown(measured)} (${goalText(verdict)})\n`,
    );
  }
}

main();
