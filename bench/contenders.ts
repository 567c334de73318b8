// Who is measured: a program that prints one number as its last line. Each measurement is a process of its own.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { isQuick } from './quick';

export interface Contender {
  readonly name: string;
  readonly kind: 'ours' | 'python' | 'peer';
  readonly command: readonly [file: string, ...args: string[]];
}

export const root = join(__dirname, '../..');
export const pythonFile = process.env.PYTHON ?? 'python3';
export const OURS = 'ParLab';
const LONGEST_MS = 5 * 60_000;
/** What a program that gave up says last of all. */
const GAP = /^gap: (.+)$/m;

export function ours(question: string, caseName: string, name = OURS): Contender {
  const quick = isQuick ? ['--quick'] : [];
  const measure = join(__dirname, 'measure.js');
  return { name, kind: 'ours', command: [process.execPath, measure, question, caseName, ...quick] };
}

export function python(program: string, args: readonly (string | number)[] = [], name = 'Python'): Contender {
  const file = join(root, 'bench', 'python', program);
  return { name, kind: 'python', command: [pythonFile, file, ...args.map(String)] };
}

/** One of the worker libraries of npm: `peers/NAME.mjs` says how its users would write it. */
export function peer(name: string, args: readonly (string | number)[], program = name): Contender {
  const measure = join(root, 'bench', 'peers', 'measure.mjs');
  return { name, kind: 'peer', command: [process.execPath, measure, program, ...args.map(String)] };
}

export interface Measured {
  /** NaN if it failed, which is told at once. */
  readonly value: number;
  /** Why it failed, in a few words for the tables. */
  readonly gap?: string;
}

export function measure({ name, command: [file, ...args] }: Contender): Promise<Measured> {
  return new Promise((resolve) => {
    execFile(file, args, { encoding: 'utf8', timeout: LONGEST_MS }, (error, stdout, stderr) => {
      const value = Number(stdout.trimEnd().split('\n').at(-1) || Number.NaN);
      if (error === null && !Number.isNaN(value)) return resolve({ value });
      process.stderr.write(`${name} failed (${args.join(' ')}):\n${stderr || error?.message || stdout}\n`);
      const known = GAP.exec(stderr)?.[1];
      resolve({ value: Number.NaN, gap: known ?? 'failed' });
    });
  });
}
