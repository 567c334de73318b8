// Runs files of the contract suite once more, in an environment where another way to start children is taken.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const CONTRACT = join(__dirname, '../../contract');
/** A file that hangs fails by name. */
const TOO_LONG_MS = 8 * 60_000;
/** Those that run the others. */
const RUNNERS = ['without-ffi.test.js', 'spawned.test.js'];

export function contractFiles(): string[] {
  return readdirSync(CONTRACT).filter((name) => name.endsWith('.test.js') && !RUNNERS.includes(name));
}

export async function contractHolds(name: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const program = spawn(process.execPath, ['--test-reporter=tap', join(CONTRACT, name)], {
    env: { ...process.env, ...environment, NODE_TEST_CONTEXT: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: TOO_LONG_MS,
    killSignal: 'SIGKILL',
  });
  let told = '';
  program.stdout.setEncoding('utf8').on('data', (text: string) => (told += text));
  program.stderr.resume();
  const code = await new Promise((resolve) => program.once('close', resolve));
  assert.equal(code, 0, told.slice(-20_000));
  assert.match(told, /^# fail 0$/m);
}
