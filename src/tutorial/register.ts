// Which exercises and questions this program knows, and what the last verdict on each was. Kept as long as
// the program lives: in a notebook, until its kernel is restarted.

import type { Verdict } from './verdict';

/** How far a student is with one exercise. */
export interface Standing {
  /** The exercise's or question's name. */
  readonly name: string;
  /** How often it was checked. */
  readonly tries: number;
  /** The last verdict; undefined while the exercise was not tried. */
  readonly verdict: Verdict | undefined;
}

const standings = new Map<string, Standing>();

/** Known from now on. A cell that runs again declares its exercise again: what was reached stays. */
export function enrol(name: string): void {
  if (!standings.has(name)) standings.set(name, { name, tries: 0, verdict: undefined });
}

export function note(name: string, verdict: Verdict): Verdict {
  standings.set(name, { name, tries: (standings.get(name)?.tries ?? 0) + 1, verdict });
  return verdict;
}

/** Returns the exercises in the order in which they became known. */
export function allStandings(): readonly Standing[] {
  return [...standings.values()];
}
