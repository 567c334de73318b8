// What can stand at the cursor, with TypeScript's kinds and types.

import type { CompletionInfo } from 'tslab/dist/converter';
import type ts from 'typescript';
import type { Completion, Completions } from '../../conversations/cells';

/** Working out a type takes time; nobody reads a list to its end. */
const SIGNATURES = 100;

/**
 * So much of a name must be written before modules are looked through, and so many of their names are
 * offered.
 */
const WRITTEN = 2;
const IMPORTS = 50;

/**
 * `importable`: the names that begin with `written` and that a module at hand exports, with their imports.
 */
export function completionsOf(
  found: CompletionInfo,
  written: string,
  signatureOf: (entry: ts.CompletionEntry) => string | undefined,
  importable: () => readonly [name: string, statement: string][],
): Completions {
  const entries = new Map<string, ts.CompletionEntry>(
    found.original?.entries.map((entry) => [entry.name, entry as unknown as ts.CompletionEntry]),
  );
  const names = new Set(found.candidates);
  const known = [...names].map((text, at): Completion => {
    const entry = entries.get(text);
    const signature = entry && at < SIGNATURES ? signatureOf(entry) : undefined;
    return { text, kind: entry?.kind ?? '', ...(signature !== undefined && { signature }) };
  });
  // TypeScript offers it wherever any name of the scope may stand.
  const isAnyName = entries.has('globalThis') && written.length >= WRITTEN;
  const imports = isAnyName ? importable().filter(([name]) => !names.has(name)) : [];
  return {
    start: found.start,
    end: found.end,
    completions: [
      ...known,
      ...imports.slice(0, IMPORTS).map(([text, signature]) => ({ text, kind: 'import', signature })),
    ],
  };
}
