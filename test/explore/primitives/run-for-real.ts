// Run as `node run-for-real.js FILE TIMES`: every program of a file, so many times with real processes. What
// each came to stands between two marks.
import { files } from './all';

/** Behind what was printed, and behind what was returned. */
export const RETURNED = '\u0001';
export const OVER = '\u0002';

async function main(file: string, times: number): Promise<void> {
  for (const program of Object.values(files[file] ?? {})) {
    for (let time = 0; time < times; time++) {
      const returned = await program();
      process.stdout.write(`${RETURNED}${JSON.stringify(returned) ?? ''}${OVER}`);
    }
  }
}

if (require.main === module) void main(process.argv[2] ?? '', Number(process.argv[3]));
