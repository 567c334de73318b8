// Runs a program of test/programs in each way that a user may: under ts-node, compiled, and inside of a child.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '..', '..', '..', '..');
const SOURCES = join(ROOT, 'test', 'programs', 'contract');
/** Within the package, so that 'parlab' names this package there. */
const COMPILED = join(ROOT, 'dist', 'test', 'programs', 'contract', String(process.pid));

export interface Ended {
  stdout: string;
  stderr: string;
  code: number | null;
  signal: NodeJS.Signals | null;
}

export const ways = {
  'under ts-node': (name: string) => ['-r', 'ts-node/register', join(SOURCES, `${name}.ts`)],
  'from compiled JavaScript': (name: string) => [compiled(name)],
  'from within a child': (name: string) => [compiled('within-child'), compiled(name)],
} as const;
export type Way = keyof typeof ways;

const TOO_LONG_MS = 120_000;

/** A program that does not end is killed, so that a hang fails its test and nothing else. */
export function runProgram(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: SOURCES,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), TOO_LONG_MS);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ stdout, stderr, code, signal });
    });
  });
}

/** Lines without an order, for what several processes print. */
export function sortedLines(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .sort();
}

export function compiled(name: string): string {
  compileAll();
  return join(COMPILED, `${name}.js`);
}

let isCompiled = false;
function compileAll(): void {
  if (isCompiled) return;
  isCompiled = true;
  mkdirSync(COMPILED, { recursive: true });
  const compilerOptions: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    inlineSourceMap: true,
    esModuleInterop: true,
  };
  for (const file of readdirSync(SOURCES).filter((name) => name.endsWith('.ts'))) {
    const fileName = join(SOURCES, file);
    const { outputText } = ts.transpileModule(readFileSync(fileName, 'utf8'), { fileName, compilerOptions });
    writeFileSync(join(COMPILED, `${basename(file, '.ts')}.js`), outputText);
  }
}
