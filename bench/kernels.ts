// How long does each Jupyter kernel take for what happens in every notebook, and what does it hold?
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { imageOf, isUsable, makeImage } from '../kernel/kernel-process/compiler/image';
import { type Contender, pythonFile, root } from './contenders';
import type { Case, Goal, Question } from './question';

const bench = join(root, 'bench');
const program = join(bench, 'python', 'kernel_speed.py');
const ownPython = join(bench, '.venv', 'bin', 'python');
/** `run.mjs` makes it: it has ipykernel, and what speaks to kernels. */
export const python = existsSync(ownPython) ? ownPython : pythonFile;

const kernels = {
  ParLab: ['ts', process.execPath, join(root, 'kernel', 'dist', 'main.js'), 'kernel', '{connection_file}'],
  tslab: [
    'ts',
    process.execPath,
    join(bench, 'node_modules', 'tslab', 'bin', 'tslab'),
    'kernel',
    '--config-path={connection_file}',
  ],
  Deno: ['ts', denoFile(), 'jupyter', '--kernel', '--conn', '{connection_file}'],
  ipykernel: ['py', python, '-m', 'ipykernel_launcher', '-f', '{connection_file}'],
} as const;

type Peer = Exclude<keyof typeof kernels, 'ParLab'>;
const ALL: readonly Peer[] = ['tslab', 'Deno', 'ipykernel'];

function commandFor(kernel: keyof typeof kernels, what: string): [file: string, ...args: string[]] {
  return [python, program, what, ...kernels[kernel]];
}

/** With {connection_file} in it. */
export function kernelCommand(kernel: keyof typeof kernels): readonly string[] {
  const [, ...command] = kernels[kernel];
  return command;
}

/** As `npm start` does it: else the first kernels would start without it, and the next beside its making. */
export async function prepareImage(): Promise<void> {
  if (!isUsable(imageOf())) await makeImage(imageOf()).done;
}

function beside(peer: Peer, what: string): Contender {
  return { name: peer, kind: 'peer', command: commandFor(peer, what) };
}

function ask(
  name: string,
  what: string,
  unit: string,
  peers: readonly Peer[],
  goals: readonly Goal[],
  rounds?: number,
): Case {
  return {
    name,
    ...(rounds !== undefined && { rounds }),
    unit,
    better: 'less',
    measure: () => {
      const [file, ...args] = commandFor('ParLab', what);
      return Number(execFileSync(file, args, { encoding: 'utf8' }));
    },
    beside: peers.map((peer) => beside(peer, what)),
    goals,
  };
}

function atMost(value: number, peer?: Peer, ifMissed?: string): Goal {
  return { is: 'at most', value, ...(peer && { beside: peer }), ...(ifMissed && { ifMissed }) };
}

const THAW =
  'types are checked before a cell runs, so the compiler has to be there: to thaw it takes about 0.2 s (decisions/compiler-image.md). ' +
  'ipykernel and Deno check nothing.';
const HOPS =
  'a cell passes three processes, the kernel, the compiler and the session, each of which can be interrupted and replaced without the ' +
  'others, and its types are checked.';
const CHECKED =
  'each cell is checked strictly against all that was declared before, and linked to the notebook; three quarters of the time are ' +
  'TypeScript’s.';
const TREES = 'the compiler keeps the syntax trees and the types of all cells.';
const TAGGED =
  'each line goes from the session to the kernel with the cell that it belongs to, so that a late one comes under its own cell.';
const ASKED = 'the question goes to the compiler’s process and back.';
const HELD =
  'the compiler is a process of its own with the types of the standard library, Node and ParLab in its heap (about 150 MiB), and the ' +
  'warm children that make start() quick count, too.';

/** The binary itself: what npm calls `deno` starts a Node first. */
function denoFile(): string {
  const { platform, arch } = process;
  const system = platform === 'linux' ? '-glibc' : '';
  try {
    const packages = createRequire(join(bench, 'package.json'));
    const manifest = packages.resolve(`@deno/${platform}-${arch}${system}/package.json`);
    return join(manifest, '..', 'deno');
  } catch {
    return 'deno';
  }
}

export const kernelQuestion: Question = {
  name: 'kernels',
  title: 'How quick is the Jupyter kernel, and how much memory does it hold?',
  note:
    'Over the kernels’ own sockets, a new kernel for each figure; after the first results each has two seconds, as from a student who ' +
    'reads. None has NODE_EXTRA_CA_CERTS, with which each Node reads certificates as it starts. ParLab and tslab check the types of a cell before it runs; ' +
    'Deno strips them. A cell that declares has an interface, a function, a class and a constant. Memory counts ' +
    'all processes of a kernel, each shared page once.',
  prepare: prepareImage,
  cases: [
    ask('start to kernel_info', 'start', 'ms', ALL, [atMost(1.1, 'Deno')]),
    ask('start to first result', 'first', 'ms', ALL, [
      atMost(1, 'ipykernel', THAW),
      atMost(0.8, 'ipykernel', THAW),
      atMost(1.5, 'Deno', THAW),
      atMost(1.3, 'Deno', THAW),
    ]),
    ask('1+1 to idle', '1+1', 'ms', ALL, [atMost(0.6, 'ipykernel', HOPS)]),
    ask('a declaring cell', 'declare', 'ms', ALL, [atMost(0.5, 'tslab', CHECKED)]),
    ask('the 300th declaring cell / the 3rd', 'grow', '×', [], [atMost(1.3)], 3),
    ask('memory that 300 declaring cells add', 'grow-memory', 'MiB', [], [atMost(100, undefined, TREES)], 1),
    ask('10,000 lines to idle', 'lines', 'ms', ALL, [atMost(2, 'ipykernel', TAGGED)]),
    ask('completion', 'complete', 'ms', ALL, [atMost(1.5, 'tslab', ASKED), atMost(1.2, 'tslab', ASKED)]),
    ask('completion while a cell loops', 'complete-meanwhile', 'ms', [], [atMost(50)]),
    ask('interrupt, the slowest of five loops', 'interrupt', 'ms', [], [atMost(100)]),
    ask('idle memory', 'idle-memory', 'MiB', ALL, [atMost(1.2, 'tslab', HELD)]),
  ],
};
