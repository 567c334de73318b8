// How long does a notebook of real size take, with the types of ten large packages?
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './contenders';
import { kernelCommand, prepareImage, python } from './kernels';
import type { Case, Goal, Question } from './question';

const program = join(root, 'bench', 'python', 'notebook_speed.py');
/** `run.mjs` installs them. */
const packages = join(root, 'bench', 'notebook');

const CHECKED =
  'each cell is checked strictly against the types of all that was imported, and against all that was declared before; where tslab has no ' +
  'figure it did not come to the end.';

function command(name: 'ParLab' | 'tslab' | 'Deno', what: string): [file: string, ...args: string[]] {
  return [python, program, what, packages, ...kernelCommand(name)];
}

function ask(name: string, what: string, unit: string, goals: readonly Goal[] = []): Case {
  return {
    name,
    rounds: 1,
    unit,
    better: 'less',
    measure: () => {
      const [file, ...args] = command('ParLab', what);
      return Number(execFileSync(file, args, { encoding: 'utf8' }));
    },
    beside: (['tslab', 'Deno'] as const).map((peer) => ({
      name: peer,
      kind: 'peer',
      command: command(peer, what),
    })),
    goals,
  };
}

export const notebook: Question = {
  name: 'notebook',
  title: 'How long does a notebook of real size take?',
  note:
    '200 cells: ten import d3, express, lodash, vega, zod, RxJS, date-fns, Immutable, mathjs and yaml; each of the others declares ' +
    'something and uses one of them. A cell at its end: the median of the last 40. Memory: all processes of the kernel, each shared page once.',
  prepare: prepareImage,
  cases: [
    ask('a cell at its end', 'cell', 'ms', [
      { beside: 'tslab', is: 'at most', value: 0.5, ifMissed: CHECKED },
    ]),
    ask('completion at its end', 'complete', 'ms', [
      { beside: 'tslab', is: 'at most', value: 1.2, ifMissed: CHECKED },
    ]),
    ask('memory at its end', 'memory', 'MiB'),
  ],
};
