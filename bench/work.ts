// Does a child work as fast as a plain Node, and as a thread of piscina's?
import { join } from 'node:path';
import { Process, Queue } from '../src/index';
import { type Contender, root } from './contenders';
import type { Case, Question } from './question';
import { answer, kinds } from './work-kinds';

const MEMORY =
  'a forked child has the memory of its zygote, each page of which is copied when it is first written, and collects garbage with one ' +
  'thread; ParLab itself is part of its heap (decisions/zygote.md).';

function beside(name: string, kind: string): Contender {
  const file = join(root, 'bench', 'peers', 'work.mjs');
  return { name, kind: 'peer', command: [process.execPath, file, name, kind] };
}

async function inChild(kind: string): Promise<number> {
  const answers = new Queue<number>();
  const child = new Process({ target: answer, args: [kind, answers] });
  child.start();
  const tookMs = await answers.get();
  await child.join();
  return tookMs;
}

export const work: Question = {
  name: 'work',
  title: 'How long does a child work, where a plain Node works so long?',
  note:
    'Each kind of work is done once, so what V8 needs to compile it is part of the time; what a start costs is not. It is the processor’s ' +
    'time of the thread that works; what V8 gives to other threads is not counted.',
  cases: Object.keys(kinds).map(
    (kind): Case => ({
      name: kind,
      unit: 'ms',
      better: 'less',
      measure: () => inChild(kind),
      beside: [beside('Node', kind), beside('piscina', kind)],
      goals: [{ beside: 'Node', is: 'at most', value: 1.05, ifMissed: MEMORY }],
    }),
  ),
};
