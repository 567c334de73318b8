// Whether what was typed can be run as it is, needs another line, or is wrong whatever follows.

import ts from 'typescript';
import type { Completeness } from '../../conversations/cells';
import { asJsxIfNeeded } from '../typescript/jsx';
import type { TslabConverter } from '../typescript/load-tslab';
import { typescript } from '../typescript/typescript-internals';

export function completenessOf(code: string, isCompleteCode: TslabConverter['isCompleteCode']): Completeness {
  const file = asJsxIfNeeded(ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest, true));
  const [first] = typescript.syntaxErrorsOf(file);
  if (!first) return { status: 'complete' };
  // A text that breaks off has its first error where it ends.
  const atEnd = (first.start ?? 0) >= code.trimEnd().length || isUnterminated(first.code);
  if (!atEnd) return { status: 'invalid' };
  const { indent } = isCompleteCode(code);
  return { status: 'incomplete', indent: indent ?? '' };
}

// A template literal without its end is reported at its last character, a comment at its start.
function isUnterminated(code: number): boolean {
  return code === 1160 || code === 1010;
}
