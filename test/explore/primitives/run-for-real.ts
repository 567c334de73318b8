// Run as `node run-for-real.js NAME TIMES`: a program, so many times with real processes. What each came to stands between two marks.
import { programs } from './all';

/** Behind what was printed, and behind what was returned. */
export const RETURNED = '\u0001';
export const OVER = '\u0002';

async function main(name: string, times: number): Promise<void> {
  const program = programs[name];
  if (program === undefined) throw new TypeError(`There is no program '${name}'.`);
  for (let time = 0; time < times; time++) {
    const returned = await program();
    process.stdout.write(`${RETURNED}${JSON.stringify(returned) ?? ''}${OVER}`);
  }
}

if (require.main === module) void main(process.argv[2] ?? '', Number(process.argv[3]));
