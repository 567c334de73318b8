// Completion inside of `from '…'`, `import('…')` and `require('…')`: files beside the notebook, packages,
// Node's modules and ours.

import type { CompletionInfo } from 'tslab/dist/converter';
import type { Completions } from '../../conversations/cells';
import { beforeCursor } from './before-cursor';

const OURS = ['parlab', 'parlab/tutorial', 'parlab/widgets', 'tslab'];

export interface Specifier {
  /** What is written of it. */
  readonly text: string;
  /** Where it begins in the cell, behind the quote. */
  readonly start: number;
}

/** Returns undefined if the cursor is in no module's name. */
export function specifierAt(code: string, cursor: number): Specifier | undefined {
  const [, text] =
    /(?:\bfrom|\bimport|\brequire)\s*\(?\s*['"]([^'"\n]*)$/.exec(beforeCursor(code, cursor)) ?? [];
  return text === undefined ? undefined : { text, start: cursor - text.length };
}

/** `unseen`: modules that the compiler has not come across yet. */
export function moduleCompletions(
  { text, start }: Specifier,
  found: CompletionInfo,
  unseen: Iterable<string>,
): Completions {
  const offered = [
    ...(found.original?.entries ?? []).map(({ name, kind }) => ({ text: name, kind: String(kind) })),
    ...(/^[./]/.test(text) ? [] : [...OURS, ...unseen]).map((name) => ({ text: name, kind: 'module' })),
  ];
  const end = start + text.length;
  // The name of a package is offered as a whole, of a path only its last part.
  for (const written of [text, text.slice(text.lastIndexOf('/') + 1)]) {
    const fitting = offered.filter((each) => each.text.startsWith(written));
    const unique = new Map(fitting.map((each) => [each.text, each]));
    if (unique.size > 0) return { start: end - written.length, end, completions: [...unique.values()] };
  }
  return { start: end, end, completions: [] };
}
