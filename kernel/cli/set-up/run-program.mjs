// @ts-check
// Runs another program to its end and keeps what it printed. Set-up speaks for it, so nothing reaches the
// terminal.
import { spawn } from 'node:child_process';

/**
 * @typedef {{ code: number, output: string, missing: boolean }} Ended `missing`: there is no such program.
 */

/**
 * @param {string} file
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number }} [options]
 * @returns {Promise<Ended>}
 */
export function runProgram(file, args, options = {}) {
  const { timeoutMs, ...rest } = options;
  return new Promise((resolve) => {
    const program = spawn(file, args, {
      ...rest,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(timeoutMs ? { timeout: timeoutMs, killSignal: /** @type {const} */ ('SIGKILL') } : {}),
    });
    let output = '';
    const keep = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString();
    };
    program.stdout.on('data', keep);
    program.stderr.on('data', keep);
    program.on('error', (error) => {
      resolve({ code: 127, output: error.message, missing: 'code' in error && error.code === 'ENOENT' });
    });
    program.on('close', (code) => resolve({ code: code ?? 1, output, missing: false }));
  });
}

/**
 * The line of a program's output that tells most about its failure: the last one that speaks of an error.
 * @param {string} output
 */
export function tellingLine(output) {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  return lines.findLast((line) => /\berror\b/i.test(line)) ?? lines.at(-1) ?? 'it printed nothing';
}
