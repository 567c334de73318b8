// Runs a .ts or .js file under `node -r ts-node/register`, in which `parlab` is this installation.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { packageRoot } from '../package-root';

const ourRequire = createRequire(path.join(packageRoot, 'package.json'));
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export function runScript(file: string, args: string[]): Promise<number> {
  const register = ourRequire.resolve('ts-node/register');
  const program = spawn(process.execPath, ['-r', register, path.resolve(file), ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...settingsFor(path.resolve(file)) },
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

/** A project of its own keeps its settings; a lone file gets ours, and `parlab` without having installed it. */
export function settingsFor(file: string): NodeJS.ProcessEnv {
  if (findUpwards('tsconfig.json', file)) return {};
  const compilerOptions = {
    target: 'es2022',
    module: 'nodenext',
    moduleResolution: 'nodenext',
    strict: true,
    esModuleInterop: true,
    skipLibCheck: true,
    types: ['node'],
    typeRoots: [path.dirname(path.dirname(ourRequire.resolve('@types/node/package.json')))],
    paths: { parlab: [path.join(packageRoot, 'dist', 'src', 'index.d.ts')] },
  };
  const ownInstallation = findUpwards(path.join('node_modules', 'parlab'), file);
  return {
    TS_NODE_COMPILER_OPTIONS: JSON.stringify(compilerOptions),
    TS_NODE_COMPILER: ourRequire.resolve('typescript'),
    ...(ownInstallation
      ? {}
      : { NODE_PATH: [resolveFolder(), process.env.NODE_PATH].filter(Boolean).join(path.delimiter) }),
  };
}

/** Holds only the module `parlab`. */
function resolveFolder(): string {
  return path.join(packageRoot, 'dist', 'kernel', 'resolve');
}

function findUpwards(name: string, from: string): string | undefined {
  for (let folder = path.dirname(from); ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, name);
    if (existsSync(candidate)) return candidate;
    if (folder === path.dirname(folder)) return undefined;
  }
}
