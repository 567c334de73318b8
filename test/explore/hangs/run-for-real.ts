// Run as `node run-for-real.js NAME`: one of the programs with real processes. What it says first of its hang, or returns, is
// the last thing that it prints.
import { hangs } from './programs';

/** In front of what the main process is told, or returns. */
export const SAID = 'DeadlockError: ';

async function main(name: string): Promise<void> {
  try {
    const returned = await hangs[name]?.();
    if (typeof returned === 'string') console.error(`${SAID}${returned}`);
  } catch (error) {
    console.error(`${SAID}${(error as Error).message}`);
  }
}

if (require.main === module) void main(process.argv[2] ?? '');
