// TypeScript's faults as a beginner can use them: for the commonest slips, what happened and what to write
// instead. All rules are here in one table; the first that knows what to say is heard.

import ts from 'typescript';
import type { AboutNodes } from '../typescript/about-nodes';
import type { OwnGlobal } from '../typescript/own-globals';
import { setAsideIn } from '../typescript/set-aside';
import { callSlips } from './call-slips';
import { importSlips } from './import-slips';
import { memberSlips } from './member-slips';
import { nameSlips } from './name-slips';
import { pythonSlips } from './python-slips';
import { NO_PROPERTY, type Rule, type Said, type Slip, UNKNOWN_NAME } from './slip';
import { statementAt } from './statement-at';
import { typeSlips } from './type-slips';
import { valueSlips } from './value-slips';

export const rules: { readonly [name: string]: Rule } = {
  ...pythonSlips,
  ...importSlips,
  ...memberSlips,
  ...callSlips,
  ...valueSlips,
  ...typeSlips,
  ...nameSlips,
};

export type Asks = AboutNodes &
  Pick<Slip, 'importsOf' | 'unmade'> & {
    /** Interfaces of cells that have the name of a global one. */
    ownGlobals(): readonly OwnGlobal[];
  };

/** The same diagnostics, some in other words; one of them alone where the others only follow from it. */
export function inPlainWords(found: readonly ts.Diagnostic[], asks: Asks): readonly ts.Diagnostic[] {
  const told: ts.Diagnostic[] = [];
  const settled = new Set<string>();
  for (const diagnostic of found) {
    if (UNKNOWN_NAME.includes(diagnostic.code) && settled.has(textOf(diagnostic))) continue;
    const own = ownGlobalIn(diagnostic, asks.ownGlobals());
    const said = own ? { sentence: addedToOwn(diagnostic, own) } : saidOf(diagnostic, asks);
    const plain = withOldNames(said ? reworded(diagnostic, said) : diagnostic);
    if (said?.isAlone) return [plain];
    if (said?.settles !== undefined) settled.add(said.settles);
    told.push(plain);
  }
  return told;
}

function textOf({ file, start = 0, length = 0 }: ts.Diagnostic): string {
  return file?.text.slice(start, start + length) ?? '';
}

/** `[1].last()`, after `interface Array<T> { last(): T }`. */
function ownGlobalIn(
  { code, messageText }: ts.Diagnostic,
  owns: readonly OwnGlobal[],
): OwnGlobal | undefined {
  const text = ts.flattenDiagnosticMessageText(messageText, '\n');
  const [, quoted = ''] = text.split("'");
  const lacks = NO_PROPERTY.includes(code);
  return owns.find(
    ({ name, isGeneric, members }) =>
      (lacks && members.has(quoted)) || (isGeneric && text.includes(`'${name}<`)),
  );
}

function addedToOwn({ messageText }: ts.Diagnostic, { name, written }: OwnGlobal): string {
  return (
    `${ts.flattenDiagnosticMessageText(messageText, '\n')}\n` +
    `\`interface ${name}\` of a cell is a new one of the notebook. ` +
    `To add to the global one, write \`declare global { interface ${written} { … } }\`.`
  );
}

/** What `P$before` is. */
function withOldNames(diagnostic: ts.Diagnostic): ts.Diagnostic {
  const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n');
  const old = setAsideIn(text);
  if (!old) return diagnostic;
  const told =
    `\`${old.name}\` is the \`${old.before}\` of before: a cell has declared it anew since. ` +
    `Run the cells that use \`${old.before}\` again.`;
  return { ...diagnostic, messageText: `${text}\n${told}` };
}

/** What the first rule says that knows something to say. */
function saidOf(diagnostic: ts.Diagnostic, asks: Asks): Said | undefined {
  const slip = slipOf(diagnostic, asks);
  if (!slip) return undefined;
  const isSyntax = slip.code >= 1000 && slip.code < 2000;
  for (const { codes, say } of Object.values(rules)) {
    if (codes === 'syntax' ? !isSyntax : !codes.includes(slip.code)) continue;
    const said = say(slip);
    if (said !== undefined) return typeof said === 'string' ? { sentence: said } : said;
  }
  return undefined;
}

function slipOf({ file, start, length = 0, code, messageText }: ts.Diagnostic, asks: Asks): Slip | undefined {
  if (!file || start === undefined) return undefined;
  const { text } = file;
  // What is missing is missed where the next thing stands, often on the next line.
  const place =
    text[start] === undefined || /\s/.test(text[start]) ? text.slice(0, start).trimEnd().length : start;
  const lineStart = text.lastIndexOf('\n', place - 1) + 1;
  const [line = ''] = text.slice(lineStart).split('\n', 1);
  return {
    code,
    message: ts.flattenDiagnosticMessageText(messageText, '\n'),
    node: nodeAt(file, start, length),
    text: text.slice(start, start + length),
    line: line.trim(),
    statement: statementAt(line, place - lineStart),
    lineBefore: text.slice(lineStart, place).trim() === '' ? lastLineOf(text.slice(0, lineStart)) : '',
    ...asks,
  };
}

function lastLineOf(text: string): string {
  const ended = text.trimEnd();
  return ended.slice(ended.lastIndexOf('\n') + 1).trim();
}

/** The outermost node that covers just this stretch, or else the innermost around it. */
function nodeAt(file: ts.SourceFile, start: number, length: number): ts.Node {
  let found: ts.Node = file;
  for (;;) {
    if (found.getStart(file) === start && found.end === start + length) return found;
    const inner: ts.Node | undefined = ts.forEachChild(found, (child) =>
      child.getStart(file) <= start && start + length <= child.end ? child : undefined,
    );
    if (!inner) return found;
    found = inner;
  }
}

function reworded(diagnostic: ts.Diagnostic, { sentence, at }: Said): ts.Diagnostic {
  const place = at && { start: at.getStart(diagnostic.file), length: at.end - at.getStart(diagnostic.file) };
  return { ...diagnostic, ...place, messageText: sentence };
}
