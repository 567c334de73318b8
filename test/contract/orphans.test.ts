// kill -9 of a program, whatever its children are doing: none of them outlives it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { after, describe, test } from 'node:test';
import { needsProcesses } from '../support/contract/needs-processes';
import { compiled } from '../support/contract/run-program';
import { nothingLeft } from '../support/processes/nothing-left';
import { isThere, leftAfter } from '../support/processes/processes-there';

/** A file that hangs fails by name. */
const TOO_LONG = { timeout: 60_000 };
/** One that is still starting has to come so far first, which takes its time on a busy machine. */
const SOON_MS = 20_000;
const states = ['stopped', 'with threads', 'in a pool', 'in a pool, idle', 'blocked in acquireSync()'];
const BY_PIPE = 'guarded by a pipe';
const guards = {
  'guarded by the kernel, forked': { PARLAB_PARENT_GUARD: 'kernel', PARLAB_ZYGOTE: 'on' },
  'guarded by the kernel, spawned': { PARLAB_PARENT_GUARD: 'kernel', PARLAB_ZYGOTE: 'off' },
  [BY_PIPE]: { PARLAB_PARENT_GUARD: 'pipe' },
} as const;

for (const [how, env] of Object.entries(guards)) {
  describe(`children ${how}`, needsProcesses, () => {
    for (const state of states) {
      test(`end with their parent: ${state}`, TOO_LONG, async () => {
        const program = run(env, state);
        const pids = await program.pids;
        assert.ok(pids.every(isThere), `${pids} were there`);
        program.kill();
        assert.equal(await program.ended, 'SIGKILL');
        // Only the kernel reaches one that is stopped; the others see the end of their pipe as soon as they go on.
        // It has told its pid before it stops, so once may be too early.
        const again = state === 'stopped' && how === BY_PIPE ? setInterval(goOn, 50, pids) : undefined;
        try {
          assert.deepEqual(await leftAfter(pids, SOON_MS), []);
        } finally {
          clearInterval(again);
        }
      });
    }

    for (const delay of [0, 2, 20, 80]) {
      test(`end with their parent: ${delay} ms after start()`, TOO_LONG, async () => {
        const program = run(env, 'starting', String(delay));
        const pids = await program.pids;
        assert.equal(pids.length, 6);
        assert.equal(await program.ended, 'SIGKILL');
        assert.deepEqual(await leftAfter(pids, SOON_MS), []);
      });
    }
  });
}

function goOn(pids: number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGCONT');
    } catch {
      // It has ended.
    }
  }
}

function run(env: NodeJS.ProcessEnv, ...args: string[]) {
  const program = spawn(process.execPath, [compiled('orphans'), ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const pids = new Promise<number[]>((resolve) =>
    createInterface(program.stdout).once('line', (line) => resolve(line.split(' ').map(Number))),
  );
  const ended = new Promise((resolve) => program.once('exit', (code, signal) => resolve(code ?? signal)));
  return { pids, ended, kill: () => program.kill('SIGKILL') };
}

after(nothingLeft);
