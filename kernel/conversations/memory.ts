// What a compiler has to know of a notebook to go on where another one ended: not the cells, but what they
// left. Only a compiler reads it.

export type Meaning = 'value' | 'type' | 'namespace';

export interface Declaration {
  readonly name: string;
  readonly meanings: readonly Meaning[];
  readonly text: string;
}

export interface Memory {
  readonly settled: readonly Declaration[];
  readonly recent: readonly Declaration[];
  /** `/// <reference … />` of cells. */
  readonly references: readonly string[];
  /** All that cells have bound, and what every cell has. */
  readonly names: readonly string[];
  /** What was told of the project's settings: their stamp. */
  readonly toldFaultsOf: string;
}
