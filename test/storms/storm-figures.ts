// What storms over notebooks tell in figures: a line for each run, and a table of the notebooks at the end.
import type { Interrupt, Storm } from './notebook-storm';

export interface Run extends Storm {
  name: string;
  round: number;
  tookMs: number;
}

export function runLine({ round, name, interrupts, runAbove, tookMs }: Run): string {
  const figures = `${interrupts.length} interrupts, ${spread(interrupts)}; ${runAbove} times from the top`;
  return `round ${round}, ${name}: ${figures}; ${(tookMs / 1000).toFixed(0)} s`;
}

/** One row for each notebook, and one for all. */
export function table(runs: readonly Run[]): string {
  const names = [...new Set(runs.map(({ name }) => name))].sort();
  const row = (title: string, of: readonly Run[]): string => {
    const interrupts = of.flatMap((run) => run.interrupts);
    const above = of.reduce((sum, { runAbove }) => sum + runAbove, 0);
    return `${title}: ${of.length} runs, ${interrupts.length} interrupts, ${spread(interrupts)}; ${above} times from the top`;
  };
  const rows = names.map((title) =>
    row(
      title,
      runs.filter(({ name }) => name === title),
    ),
  );
  return [...rows, row('all', runs)].join('\n');
}

function spread(interrupts: readonly Interrupt[]): string {
  const sorted = interrupts.toSorted((a, b) => a.endedMs - b.endedMs);
  const [median, longest] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
  if (!median || !longest) return 'no figures';
  return `median ${median.endedMs.toFixed(0)} ms, longest ${longest.endedMs.toFixed(0)} ms (${longest.id})`;
}
