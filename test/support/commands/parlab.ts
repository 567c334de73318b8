// Runs a command line of ours to its end, as a person would type it.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { installation, mainProgram } from '../../../kernel/package-root';

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  input?: string;
  uid?: number;
  gid?: number;
  /** Then it is killed. */
  limitMs?: number;
}

const LIMIT_MS = 5 * 60_000;

export function parlab(args: string[], options: RunOptions = {}): Promise<Ended> {
  return runToEnd(process.execPath, [mainProgram, ...args], options);
}

export function runToEnd(
  file: string,
  args: string[],
  { input, limitMs = LIMIT_MS, ...options }: RunOptions,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const program = spawn(file, args, { ...options, timeout: limitMs, killSignal: 'SIGKILL' });
    let stdout = '';
    let stderr = '';
    program.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    program.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    program.on('error', reject);
    program.on('close', (code) => resolve({ code, stdout, stderr }));
    program.stdin.end(input ?? '');
  });
}

export const fixtures = path.join(installation, 'test', 'programs', 'commands');
