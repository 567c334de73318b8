// Round-robin: in each round every case is measured once by everyone, one right after the other, so that all of them see
// the same machine in the same mood.
import { type Contender, type Measured, measure, OURS, ours } from './contenders';
import type { Case, Question } from './question';

export interface Figure {
  readonly name: string;
  readonly kind: Contender['kind'];
  readonly median: number;
  /** Ours / theirs: the median of the rounds' own ratios, and the lowest and highest of them. */
  readonly ratio: number;
  readonly lowest: number;
  readonly highest: number;
  /** Why there is no figure. */
  readonly gap?: string;
}

export interface Answer {
  readonly question: Question;
  readonly case: Case;
  /** Ours is the first. */
  readonly figures: readonly Figure[];
}

export async function runRounds(
  questions: readonly Question[],
  rounds: number,
  progress: (line: string) => void,
): Promise<Answer[]> {
  const entries = questions.flatMap((question) =>
    question.cases.map((each) => {
      const contenders = [ours(question.name, each.name), ...each.beside];
      return { question, case: each, contenders, values: contenders.map(() => [] as Measured[]) };
    }),
  );
  for (let round = 0; round < rounds; round++) {
    for (const { question, case: each, contenders, values } of entries) {
      if (round >= (each.rounds ?? rounds)) continue;
      progress(`round ${round + 1} of ${rounds}: ${question.name}, ${each.name}`);
      // Each round begins with another one, so that nobody always comes after the same neighbour.
      for (let step = 0; step < contenders.length; step++) {
        const index = (step + round) % contenders.length;
        const own = values[index] as Measured[];
        // Who gave no answer in one round is not waited for in the next.
        const gave = own.find(({ gap }) => gap !== undefined);
        own.push(gave ?? (await measure(contenders[index] as Contender)));
      }
    }
  }
  return entries.map(({ question, case: each, contenders, values }) => ({
    question,
    case: each,
    figures: contenders.map((contender, index) => figure(contender, values[0] ?? [], values[index] ?? [])),
  }));
}

function figure({ name, kind }: Contender, own: readonly Measured[], theirs: readonly Measured[]): Figure {
  const ratios = theirs
    .map(({ value }, round) => (own[round]?.value ?? Number.NaN) / value)
    .filter(Number.isFinite);
  const values = theirs.map(({ value }) => value).filter(Number.isFinite);
  const gap = values.length === 0 ? theirs[0]?.gap : undefined;
  return {
    name,
    kind,
    median: median(values),
    ratio: name === OURS ? 1 : median(ratios),
    lowest: Math.min(...ratios),
    highest: Math.max(...ratios),
    ...(gap !== undefined && { gap }),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle] as number;
  return ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}
