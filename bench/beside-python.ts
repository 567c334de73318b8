// Runs a measurement of ours and its Python twin in turn, so that both see the same machine, and prints the medians.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export interface Measurement {
  name: string;
  unit: string;
  /** Operations in each second. */
  ours(): number | Promise<number>;
  /** Arguments for the Python program, which prints one number. */
  python: string[];
}

const ROUNDS = 5;
const python = process.env.PYTHON ?? 'python3';

export async function compare(pythonProgram: string, measurements: Measurement[]): Promise<void> {
  const program = join(__dirname, '../../bench/python', pythonProgram);
  const rows: Record<string, { ours: string; python: string; ratio: string; unit: string }> = {};
  for (const { name, unit, ours, python: args } of measurements) {
    const own: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      own.push(await ours());
      theirs.push(Number(execFileSync(python, [program, ...args], { encoding: 'utf8' })));
    }
    const [us, them] = [median(own), median(theirs)];
    rows[name] = { ours: rounded(us), python: rounded(them), ratio: `${(us / them).toFixed(1)}×`, unit };
  }
  console.table(rows);
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function rounded(value: number): string {
  return Math.round(value).toLocaleString('en');
}
