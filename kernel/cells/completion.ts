// What can stand at the cursor, with TypeScript's kinds.

import type { CompletionInfo } from 'tslab/dist/converter';

export interface Completion {
  readonly text: string;
  /** TypeScript's word for what it is: `function`, `const`, `class`, `property`, `module`, `keyword` … */
  readonly kind: string;
}

export interface Completions {
  /** The stretch that a completion replaces, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly completions: readonly Completion[];
}

export function completionsOf(found: CompletionInfo): Completions {
  const kinds = new Map(found.original?.entries.map(({ name, kind }) => [name, kind as string]));
  return {
    start: found.start,
    end: found.end,
    completions: [...new Set(found.candidates)].map((text) => ({ text, kind: kinds.get(text) ?? '' })),
  };
}
