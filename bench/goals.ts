// Which goals were reached. Knows nothing of how they are shown.
import type { Goal } from './question';
import type { Answer, Figure } from './rounds';

export const BEST_PEER = 'the best peer';

export interface Verdict {
  readonly answer: Answer;
  readonly goal: Goal;
  /** Our figure, or the ratio; NaN if it could not be measured. */
  readonly measured: number;
  readonly isReached: boolean;
}

export function verdicts(answers: readonly Answer[]): Verdict[] {
  return answers.flatMap((answer) =>
    (answer.case.goals ?? []).map((goal) => {
      const measured = measuredFor(goal, answer);
      const isReached = goal.is === 'at least' ? measured >= goal.value : measured <= goal.value;
      return { answer, goal, measured, isReached };
    }),
  );
}

function measuredFor({ beside }: Goal, { case: { better }, figures }: Answer): number {
  if (beside === undefined) return figures[0]?.median ?? Number.NaN;
  const peers = figures.filter(({ kind, ratio }) => kind === 'peer' && !Number.isNaN(ratio));
  const other =
    beside === BEST_PEER
      ? peers.reduce<Figure | undefined>((best, each) => closest(best, each, better), undefined)
      : figures.find(({ name }) => name === beside);
  return other?.ratio ?? Number.NaN;
}

// The best peer is the one that leaves us the worst ratio.
function closest(best: Figure | undefined, each: Figure, better: 'more' | 'less'): Figure {
  if (best === undefined) return each;
  return (better === 'more') === each.ratio < best.ratio ? each : best;
}
