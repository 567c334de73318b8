// Runs a .ts or .js file in a Node of its own, in which `parlab` is this installation.
import { spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { kernelCode } from '../../package-root';
import { ownsParlab } from '../ts-node/owns-parlab';

const REGISTER = path.join(kernelCode, 'cli', 'ts-node', 'register.js');
/** Holds only the modules of `parlab`. */
const RESOLVE = path.join(kernelCode, 'cli', 'resolve');
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export function runScript(file: string, args: string[]): Promise<number> {
  const program = spawn(process.execPath, ['-r', REGISTER, path.resolve(file), ...args], {
    stdio: 'inherit',
    env: environmentOf(path.resolve(file)),
  });
  // Ctrl-C reaches the program from the terminal as well; this process only waits for how it ends.
  const forward = (signal: NodeJS.Signals): void => {
    if (signal !== 'SIGINT') program.kill(signal);
  };
  for (const signal of FORWARDED) process.on(signal, forward);
  return new Promise((resolve, reject) => {
    program.once('error', reject);
    program.once('exit', (code, signal) => {
      for (const each of FORWARDED) process.off(each, forward);
      resolve(code ?? 128 + os.constants.signals[signal ?? 'SIGTERM']);
    });
  });
}

/** A lone file finds `parlab` without having installed it; children inherit that. */
function environmentOf(file: string): NodeJS.ProcessEnv {
  if (ownsParlab(file)) return process.env;
  return { ...process.env, NODE_PATH: [RESOLVE, process.env.NODE_PATH].filter(Boolean).join(path.delimiter) };
}
