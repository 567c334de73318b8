// What can stand at the cursor, with TypeScript's kinds and types.

import type { CompletionInfo } from 'tslab/dist/converter';
import type ts from 'typescript';

export interface Completion {
  readonly text: string;
  /** TypeScript's word for what it is: `function`, `const`, `class`, `property`, `module`, `keyword` … */
  readonly kind: string;
  /** Its type, such as `(name: string) => void`. Absent where there is none, and behind the first so many. */
  readonly signature?: string;
}

export interface Completions {
  /** The stretch that a completion replaces, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly completions: readonly Completion[];
}

/** Working out a type takes time; nobody reads a list to its end. */
const SIGNATURES = 100;

export function completionsOf(
  found: CompletionInfo,
  signatureOf: (entry: ts.CompletionEntry) => string | undefined,
): Completions {
  const entries = new Map<string, ts.CompletionEntry>(
    found.original?.entries.map((entry) => [entry.name, entry as unknown as ts.CompletionEntry]),
  );
  return {
    start: found.start,
    end: found.end,
    completions: [...new Set(found.candidates)].map((text, at) => {
      const entry = entries.get(text);
      const signature = entry && at < SIGNATURES ? signatureOf(entry) : undefined;
      return { text, kind: entry?.kind ?? '', ...(signature !== undefined && { signature }) };
    }),
  };
}
