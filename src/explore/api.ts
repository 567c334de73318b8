// explore() as programs call it.
import { encodeCaptured } from '../capture/encode';
import { Queue } from '../channel/queue';
import { holdHandles, letGo } from '../objects/references';
import { Process } from '../process/process';
import { type Answer, exploreInChild } from './child';
import { captureTask, type Exploration, type ExploreOptions, type Taken, type Told } from './explore';

export type { Exploration, ExploreOptions };

const PATIENCE_MS = 60_000;

export async function explore(program: () => unknown, options: ExploreOptions = {}): Promise<Exploration & { replay(code: string): Promise<{ taken: Taken[]; told: Told }> }> {
  const answer = await ask(program, options, undefined);
  if (!('found' in answer)) throw new Error('failed' in answer ? answer.failed : 'No answer.');
  return {
    ...answer.found,
    async replay(code: string) {
      const again = await ask(program, options, code);
      if (!('replayed' in again)) throw new Error('failed' in again ? again.failed : 'No answer.');
      return again.replayed;
    },
  };
}

async function ask(program: () => unknown, options: ExploreOptions, code: string | undefined): Promise<Answer> {
  const captured = captureTask(program, options);
  const held = holdHandles(captured.nodes.flatMap((node) => (node.type === 'handle' ? [node.handle] : [])));
  const answers = new Queue<Answer>();
  const { invariant: _invariant, expect: _expect, ...plain } = options;
  const child = new Process({ name: 'explore', target: exploreInChild, args: [encodeCaptured(captured), plain, code, answers] });
  try {
    child.start();
    await child.join({ timeout: PATIENCE_MS });
    if (!answers.empty()) return await answers.get();
    if (child.isAlive()) return { failed: `It was not done within ${PATIENCE_MS / 1000} s.` };
    return { failed: `The process that explored ended with exit code ${child.exitcode}.` };
  } finally {
    if (child.isAlive()) child.kill();
    letGo(held);
  }
}
