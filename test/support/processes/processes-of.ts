// Living processes by something in their environment or command line, whoever their parent is now (Linux).
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Those that are left after a moment to end in. */
export async function processesLeft(mark: string, withinMs: number): Promise<string[]> {
  const deadline = Date.now() + withinMs;
  let found = processesOf(mark);
  while (found.length > 0 && Date.now() < deadline) {
    await sleep(100);
    found = processesOf(mark);
  }
  return found;
}

export function processesOf(mark: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
    .flatMap((pid) => {
      try {
        const [command, environment] = ['cmdline', 'environ'].map((name) =>
          readFileSync(`/proc/${pid}/${name}`, 'latin1').replaceAll('\0', ' '),
        );
        return `${command} ${environment}`.includes(mark) ? [`${pid} ${command}`] : [];
      } catch {
        return []; // It has ended, or is another user's.
      }
    });
}
