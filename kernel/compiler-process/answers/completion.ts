// What can stand at the cursor, with TypeScript's kinds and types, in the order in which it is most likely
// meant.

import type { CompletionInfo } from 'tslab/dist/converter';
import type ts from 'typescript';
import type { Completion, Completions } from '../../conversations/cells';
import { beforeCursor } from './before-cursor';

/** Working out a type takes time, and a long list is not read to its end. */
const SIGNATURES = 100;

/**
 * How much of a name must be written before modules are looked through, and how many of their names are
 * offered.
 */
const WRITTEN = 2;
const IMPORTS = 50;

/** TypeScript's: what the cell and the cells before it declare, and members, come before this. */
const GLOBALS = '15';
const OURS = /from 'parlab/;

// The order of names that are written alike: first the student's own and members, then these.
const TYPE = 1;
const GLOBAL = 2;
const OUR_IMPORT = 3;
const KEYWORD = 4;
const OTHER_IMPORT = 5;
const DEPRECATED = 6;
/** A number that is more than any of them. */
const NEAR = 10;
const FAR = 20;

/** What is written of a name up to the cursor, also where it happens to be a keyword. */
export function writtenBefore(code: string, cursor: number): string {
  return (
    /(?:(?<![\p{ID_Continue}$])[\p{ID_Start}$_][\p{ID_Continue}$]*)?$/u.exec(
      beforeCursor(code, cursor),
    )?.[0] ?? ''
  );
}

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
  // Behind `for`, TypeScript offers all that may follow; here it is the beginning of a name.
  const isKeyword = found.start === found.end && written !== '';
  const names = new Set(found.candidates.filter((name) => !isKeyword || distance(name, written) < FAR));
  // TypeScript offers it wherever any name of the scope may stand.
  const isAnyName = entries.has('globalThis') && written.length >= WRITTEN;
  const imports = isAnyName ? importable().filter(([name]) => !names.has(name)) : [];
  const ranked = [
    ...[...names].map((name) => ({
      name,
      rank: rankOf(name, entries.get(name), written),
      statement: undefined,
    })),
    ...imports.slice(0, IMPORTS).map(([name, statement]) => ({
      name,
      rank: distance(name, written) + (OURS.test(statement) ? OUR_IMPORT : OTHER_IMPORT),
      statement,
    })),
  ].sort((a, b) => a.rank - b.rank);
  return {
    start: isKeyword ? found.start - written.length : found.start,
    end: found.end,
    completions: ranked.map(({ name: text, statement }, at): Completion => {
      if (statement !== undefined) return { text, kind: 'import', signature: statement };
      const entry = entries.get(text);
      const signature = entry && at < SIGNATURES ? signatureOf(entry) : undefined;
      return { text, kind: entry?.kind ?? '', ...(signature !== undefined && { signature }) };
    }),
  };
}

function rankOf(name: string, entry: ts.CompletionEntry | undefined, written: string): number {
  const { kind = '', sortText = GLOBALS } = entry ?? {};
  return distance(name, written) + placeOf(kind, sortText);
}

function placeOf(kind: string, sortText: string): number {
  if (sortText.startsWith('z')) return DEPRECATED;
  if (kind === 'keyword') return KEYWORD;
  if (sortText >= GLOBALS) return GLOBAL;
  return kind === 'interface' || kind === 'type' ? TYPE : 0;
}

/** Names that begin as it is written come first, then those that do in other letters, then the rest. */
function distance(name: string, written: string): number {
  if (name.startsWith(written)) return 0;
  return name.toLowerCase().startsWith(written.toLowerCase()) ? NEAR : FAR;
}

/** Inside of the braces of an import that has no module yet: names of ours. */
export function namesToImport(
  code: string,
  cursor: number,
  importable: (written: string) => readonly [name: string, statement: string][],
): Completions | undefined {
  if (!/\bimport\s+(?:type\s+)?\{[^}'"]*$/.test(beforeCursor(code, cursor))) return undefined;
  if (/^[^\n;]*\bfrom\b/.test(code.slice(cursor))) return undefined;
  const written = writtenBefore(code, cursor);
  const ours = importable(written).filter(([, statement]) => OURS.test(statement));
  return {
    start: cursor - written.length,
    end: cursor,
    completions: ours.map(([text, signature]) => ({ text, kind: 'import', signature })),
  };
}
