// Which process goes next where an order is walked by chance. The chance has a seed: the same seed walks the
// same order. It is pure but for what each chooser remembers.
import { randomNumbers } from '../hash';
import type { Step } from './states';

export type Chooser = (steps: readonly Step[]) => Step;

/** Any process as likely as any other: one that could do many things is not chosen more often. */
export function uniform(seed: number): Chooser {
  const random = randomNumbers(seed);
  return (steps) => {
    const paths = [...new Set(steps.map(({ path }) => path))];
    const path = paths[Math.floor(random() * paths.length)];
    return anyOf(
      steps.filter((step) => step.path === path),
      random,
    );
  };
}

/**
 * The process of the highest priority goes, and at a few places it falls to the lowest: finds faults that
 * need few switches at the right places. Burckhardt and others, A Randomized Scheduler with Probabilistic
 * Guarantees of Finding Bugs, ASPLOS 2010.
 */
export function byPriority(seed: number, falls = 2, length = 40): Chooser {
  const random = randomNumbers(seed);
  const priorities = new Map<string, number>();
  const fallAt = new Set(Array.from({ length: falls }, () => Math.floor(random() * length)));
  let lowest = 0;
  let at = 0;
  const highest = (steps: readonly Step[]) =>
    steps.reduce((most, step) =>
      (priorities.get(step.path) ?? 0) > (priorities.get(most.path) ?? 0) ? step : most,
    );
  return (steps) => {
    for (const { path } of steps) if (!priorities.has(path)) priorities.set(path, 1 + random());
    if (fallAt.has(at++)) priorities.set(highest(steps).path, --lowest);
    const { path } = highest(steps);
    return anyOf(
      steps.filter((step) => step.path === path),
      random,
    );
  };
}

/** That process, wherever it can go. */
export function preferring(path: string): Chooser {
  return (steps) => steps.find((step) => step.path === path) ?? (steps[0] as Step);
}

function anyOf(steps: readonly Step[], random: () => number): Step {
  return steps[Math.floor(random() * steps.length)] as Step;
}
