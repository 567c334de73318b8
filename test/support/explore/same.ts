// Run by itself: explores each trial so many times, and prints one digest of everything that is told of it.
import { createHash } from 'node:crypto';
import { subjectOf } from '../../../src/explore/subject';
import { verdict } from './in-this-process';
import { trialsOf } from './trials';

/** These go by something else than the order, or take long. */
const LEFT_OUT = /^(escape|spinForEver|endlessLoop|tenGreeters)/;

async function digest(rounds: number): Promise<void> {
  const trials = Object.entries(trialsOf('programs')).filter(([name]) => !LEFT_OUT.test(name));
  const subjects = trials.map(([name, { program, options }]) => ({
    name,
    subject: subjectOf(program, { ...options, orders: 200 }),
  }));
  const digests: Record<string, string> = {};
  for (const { name, subject } of subjects) {
    const seen = new Set<string>();
    for (let round = 0; round < rounds; round++) seen.add(await verdict(subject));
    const [text = ''] = seen;
    digests[name] =
      seen.size === 1 ? createHash('sha1').update(text).digest('hex').slice(0, 12) : `${seen.size} texts`;
  }
  process.stdout.write(`${JSON.stringify(digests)}\n`);
  process.exit();
}

void digest(Number(process.argv[2] ?? 1));
