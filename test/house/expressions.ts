// The regular expressions of the sources, and texts that make one slow which tries each beginning with each end: what it
// reads, with one piece of it again and again.

import { createContext, runInContext } from 'node:vm';
import fc from 'fast-check';
import ts from 'typescript';
import type { Source } from './sources';

export interface Expression {
  readonly line: number;
  readonly regexp: RegExp;
}

/** Files whose expressions see short texts alone: how long these are, as it says there. */
export const bounded: { readonly [file: string]: number } = {
  'kernel/compiler-process/answers/python-slips.ts': 300,
  'kernel/compiler-process/answers/statement-at.ts': 300,
  'kernel/compiler-process/answers/completion.ts': 1000,
  'kernel/compiler-process/answers/inspection.ts': 1000,
  'kernel/compiler-process/answers/module-completion.ts': 1000,
};

/** The longest piece that is repeated. */
const PIECE = 8;
const SAMPLES = 3;
/** What an expression may find missing at the end. */
const ENDS = ['\n', '\0'];
const LENGTH = 5000;
/** Of the processor's time. A line takes a tenth of it, a square ten times as long. */
const SLOW_MS = 1;
/** Of a bounded text. */
const SLOW_BOUNDED_MS = 100;
const PATIENCE_MS = 10_000;
/** Of twice the length. A square is 4. */
const GROWTH = 3;

/** Without such as read each letter once. */
export function expressionsIn({ file, text }: Source): Expression[] {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node) && /[*+]|\{\d/.test(node.text)) {
      const line = tree.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      const end = node.text.lastIndexOf('/');
      found.push({ line, regexp: new RegExp(node.text.slice(1, end), node.text.slice(end + 1)) });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** A text that the expression takes too long for: more than in proportion, or of this length at most. */
export function slowText(regexp: RegExp, longest?: number): string | undefined {
  const pieces = piecesOf(regexp);
  let text: string | undefined;
  const look = (): void => {
    for (text of textsOf(pieces, longest ?? LENGTH)) {
      const isSlow = longest === undefined ? grows(regexp, text) : timeFor(regexp, text) > SLOW_BOUNDED_MS;
      if (isSlow) return;
    }
    text = undefined;
  };
  try {
    // The time-out ends what an expression does, too.
    runInContext('look()', createContext({ look }), { timeout: PATIENCE_MS });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
  }
  return text;
}

/** Whatever else the machine does: of three, the quickest. */
function grows(regexp: RegExp, text: string): boolean {
  if (timeFor(regexp, text) < SLOW_MS) return false;
  const longer = text.slice(0, -1).repeat(2) + text.slice(-1);
  const quickest = (of: string) => Math.min(...[0, 1, 2].map(() => timeFor(regexp, of)));
  return quickest(longer) > GROWTH * Math.max(quickest(text), SLOW_MS);
}

function timeFor(regexp: RegExp, text: string): number {
  const began = process.cpuUsage();
  text.replace(regexp, '');
  return process.cpuUsage(began).user / 1000;
}

function* textsOf(pieces: Iterable<readonly [string, string]>, length: number): Generator<string> {
  for (const [before, piece] of pieces) {
    const long = (before + piece.repeat(length / piece.length)).slice(0, length);
    for (const end of ENDS) yield long + end;
  }
}

/** Each with what stands before it: all that leads to it, or nothing, or what the expression does not read. */
function piecesOf(regexp: RegExp): Iterable<readonly [before: string, piece: string]> {
  const found = new Map<string, readonly [string, string]>();
  for (const sample of samplesOf(regexp)) {
    for (let from = 0; from < sample.length; from++) {
      for (let to = from + 1; to <= Math.min(sample.length, from + PIECE); to++) {
        const piece = sample.slice(from, to);
        for (const before of [sample.slice(0, from), '\0']) found.set(`${before}\0${piece}`, [before, piece]);
      }
    }
  }
  return found.values();
}

function samplesOf({ source, flags }: RegExp): string[] {
  // What is looked for before and behind a place, and what repeats a group, makes no text longer.
  const plain = source
    .replace(/\(\?<?[=!](?:\\.|\[(?:\\.|[^\]\\])*\]|[^()\\])*\)/g, '')
    .replace(/\\[bB1-9]/g, '');
  if (plain === '') return [];
  const matching = fc.stringMatching(new RegExp(plain, flags.replace(/[dgiy]/g, '')), { size: 'xsmall' });
  return fc.sample(matching, { numRuns: SAMPLES, seed: 1 });
}
