// What a question of `npm run bench` consists of. Each file beside this one that asks one exports it.
import type { Contender } from './contenders';

/** Ratios are ours / theirs, whether more or less is better. */
export interface Goal {
  /** Whose figure ours is divided by. Absent: the goal is for our figure itself. */
  readonly beside?: string;
  readonly is: 'at least' | 'at most';
  readonly value: number;
  /** Why, for the page, as long as it is missed. */
  readonly ifMissed?: string;
}

export interface Case {
  readonly name: string;
  readonly unit: string;
  readonly better: 'more' | 'less';
  /** In how many rounds, at most, it is measured: for what takes minutes. */
  readonly rounds?: number;
  /** Runs in a process of its own, once in each round. */
  measure(): number | Promise<number>;
  readonly beside: readonly Contender[];
  readonly goals?: readonly Goal[];
}

export interface Question {
  /** The word that chooses it. */
  readonly name: string;
  readonly title: string;
  /** What a reader must know to judge the figures. */
  readonly note?: string;
  /** What must be there before the first round. */
  prepare?(): Promise<void>;
  readonly cases: readonly Case[];
}
