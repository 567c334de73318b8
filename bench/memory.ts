// What do the processes of open notebooks hold, while somebody works with them and when nobody has for a while?
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './contenders';
import { kernelCommand, prepareImage, python } from './kernels';
import type { Case, Goal, Question } from './question';

const program = join(root, 'bench', 'python', 'kernel_memory.py');

type State = 'awake' | 'asleep';
type Peer = 'tslab' | 'ipykernel';

function command(name: 'ParLab' | Peer, count: number, state: State): [file: string, ...args: string[]] {
  return [python, program, 'total', String(count), state, ...kernelCommand(name)];
}

function held(count: number, state: State, goals: readonly Goal[] = []): Case {
  return {
    name: `${count === 1 ? 'one notebook' : `${count} notebooks`}, ${state}`,
    ...(count > 1 && { rounds: 1 }),
    unit: 'MiB',
    better: 'less',
    measure: () => {
      const [file, ...args] = command('ParLab', count, state);
      return Number(execFileSync(file, args, { encoding: 'utf8' }));
    },
    beside: (['tslab', 'ipykernel'] as const).map((name) => ({
      name,
      kind: 'peer',
      command: command(name, count, state),
    })),
    goals,
  };
}

const AWAKE =
  'while it is awake, the compiler alone holds more than all of tslab: its image, which Node keeps in memory, and the same types in ' +
  'V8’s heap (decisions/memory.md).';

export const memory: Question = {
  name: 'memory',
  title: 'How much memory do open notebooks hold?',
  note:
    'PSS: all processes of a kernel, each shared page once. Awake: when nothing works any more after the first cell. Asleep: when ' +
    'the compiler and the warm children have ended, here after 3 seconds instead of 120. By process: decisions/memory.md.',
  prepare: prepareImage,
  cases: [
    held(1, 'awake', [{ beside: 'tslab', is: 'at most', value: 1.6, ifMissed: AWAKE }]),
    held(1, 'asleep', [{ beside: 'tslab', is: 'at most', value: 0.9 }]),
    held(5, 'awake'),
    held(5, 'asleep'),
    held(20, 'awake'),
    held(20, 'asleep', [{ is: 'at most', value: 1536 }]),
  ],
};
