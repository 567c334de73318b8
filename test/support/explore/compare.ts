// Run by itself: explores each trial by states, by walking every order, and by running all code anew for
// each, and prints what differs. The world of explore() is put in place for the whole process, so this is no
// process of a test's.
import { subjectOf } from '../../../src/explore/subject';
import { outcomesByStates, outcomesByWalking } from './in-this-process';
import { trialFiles, trialsOf } from './trials';

/** These go by something else than the order, or walking them would take for ever. */
const LEFT_OUT = /^(escape|endlessLoop|spinForEver|catchAllHangs)/;

async function compare(only: readonly string[]): Promise<void> {
  // All are captured before the first is explored.
  const subjects = trialFiles.flatMap((file) =>
    Object.entries(trialsOf(file)).map(([name, { program, options }]) => ({
      name,
      subject: subjectOf(program, options),
    })),
  );
  for (const { name, subject } of subjects) {
    if (LEFT_OUT.test(name) || (only.length > 0 && !only.includes(name))) continue;
    const began = performance.now();
    let said: string;
    try {
      const counted = await outcomesByStates(subject);
      if (counted === undefined) said = 'too many to walk';
      else {
        const each = await outcomesByWalking(subject, false);
        const anew = await outcomesByWalking(subject, true);
        said = counted === each && counted === anew ? 'same' : `DIFFERENT\n${counted}\n${each}\n${anew}`;
      }
    } catch (error) {
      said = `THROWN ${String((error as Error).stack)}`;
    }
    process.stdout.write(`${JSON.stringify({ name, said, ms: Math.round(performance.now() - began) })}\n`);
  }
  process.exit();
}

void compare(process.argv.slice(2));
