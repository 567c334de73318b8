// What a worker of an explored pool runs: it takes work, one part after the other, until there will be no
// more.
import { letItem, openItem } from '../items';
import { STARTING } from '../machines/pool';
import { perform, request, runner } from '../operations';
import { numberOf, textOf } from './travelling-text';

type Target = (...args: unknown[]) => unknown;
export type Outcome = { value: unknown } | { error: unknown };

/** How the parts of one call are run. */
export interface Order {
  readonly spread: boolean;
  readonly stopsAtError: boolean;
  /** Whether it matters in which order the answers come. */
  readonly asTheyCome: boolean;
  readonly items: readonly unknown[];
}

/** What became of some items. Who did it is said where something went wrong. */
export interface Answer {
  readonly outcomes: readonly Outcome[];
  readonly path?: string;
}

export interface WorkerStart {
  readonly pool: number;
  /** `{ initializer, initargs }`, as a text. */
  readonly beginning: string;
  readonly maxTasks: number;
}

/** Exported by name, so that it reaches the worker as module and name. */
export async function runPoolWorker({ pool, beginning, maxTasks }: WorkerStart): Promise<void> {
  const { local, path } = runner();
  // A daemon for its parent, which does not wait for it; but its own children end with it, so it may have
  // some.
  local.daemon = false;
  try {
    const { initializer, initargs } = openItem(beginning) as { initializer: Target; initargs: unknown[] };
    await initializer(...initargs);
  } catch (error) {
    perform('answer', pool, [STARTING, 0, travelling({ outcomes: [{ error }], path }), true]);
    return;
  }
  const learnt = new Map<number, Target>();
  for (let tasks = 0; tasks < maxTasks; ) {
    const work = await request('take', pool);
    if (work === null) return;
    const [call, first, target, text] = work as [number, number, number, number];
    const { items, spread, stopsAtError, asTheyCome } = openItem(textOf(text)) as Order;
    const run = learnt.get(call) ?? (openItem(textOf(target)) as Target);
    learnt.set(call, run);
    const outcomes: Outcome[] = [];
    for (const item of items) {
      tasks++;
      const outcome = await outcomeOf(() => (spread ? run(...(item as unknown[])) : run(item)));
      outcomes.push(outcome);
      if (stopsAtError && 'error' in outcome) break;
    }
    const isFailed = outcomes.some((outcome) => 'error' in outcome);
    const answer = travelling({ outcomes, ...(isFailed && { path }) });
    perform('answer', pool, [call, first, answer, isFailed, asTheyCome]);
  }
}

async function outcomeOf(run: () => unknown): Promise<Outcome> {
  try {
    return { value: await run() };
  } catch (error) {
    return { error };
  }
}

/** Where an outcome cannot travel, the reason goes in its place. */
function travelling(answer: Answer): number {
  try {
    return numberOf(letItem(answer));
  } catch {
    return numberOf(letItem({ ...answer, outcomes: answer.outcomes.map(travellingOutcome) }));
  }
}

function travellingOutcome(outcome: Outcome): Outcome {
  try {
    letItem(outcome);
    return outcome;
  } catch (error) {
    return { error };
  }
}
