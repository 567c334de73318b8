// A name that nothing declares: which import was forgotten, which cell has not run, which quotes are missing.

import ts from 'typescript';
import { callWith, nameOfCall, type Rule, type Slip, UNKNOWN_NAME } from './slip';

/** More would be a list to choose from. */
const MOST = 2;

/** A name of Node's that is a plain word, such as `time` of the console, is hardly the one that was meant. */
const OF_NODE = /'node:/;
const TELLING = /[a-z][A-Z]|^(?:basename|dirname|extname|promisify|inspect|spawn|fork)$/;

function missingImport({ text, message, importsOf }: Slip): string | undefined {
  const imports = importsOf(text).filter((each) => !OF_NODE.test(each) || TELLING.test(text));
  if (imports.length === 0 || imports.length > MOST) return undefined;
  const written = imports.map((each) => `${each};`).join('   or   ');
  return `${message}\nTo use the one of a module, write first: ${written}`;
}

/** `answer('cores', b)`, `const myGuess = late`: a word of the student's, without its quotes. */
function missingQuotes({ node, text }: Slip): string | undefined {
  const call = callWith(node);
  const isAnswer = call !== undefined && /^(?:answer|predicted)$/.test(nameOfCall(call));
  if (!isAnswer && !isGuess(node)) return undefined;
  return `A text stands between quotes: write \`'${text}'\`.`;
}

function isGuess({ parent }: ts.Node): boolean {
  const name = parent && ts.isVariableDeclaration(parent) ? parent.name.getText() : '';
  return /(?:guess|answer|prediction)$/i.test(name);
}

/** `x = 5` */
function missingLet({ node, text }: Slip): string | undefined {
  const { parent } = node;
  const isAssigned =
    parent &&
    ts.isBinaryExpression(parent) &&
    parent.left === node &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  return isAssigned ? `\`${text}\` is new: write \`let ${parent.getText()}\`.` : undefined;
}

/** The cell that was to make it has been run, and was refused. */
function notMade({ message, text, unmade }: Slip): string | undefined {
  const failed = unmade.find(({ name }) => name === text);
  if (failed === undefined || !message.startsWith('Cannot find name')) return undefined;
  const place = failed.line === undefined ? '' : ` (line ${failed.line})`;
  return (
    `\`${text}\` was not made: ${failed.cell} did not compile${place}. ` +
    'Read the red box below it, repair it and run it; then run this cell again.'
  );
}

/** After a restart a cell in the middle knows nothing of those above it. */
function notRunYet({ code, message, text }: Slip): string | undefined {
  // Said already.
  if (!message.startsWith('Cannot find name')) return undefined;
  // TypeScript has a better guess: "Did you mean …?"
  if (code === 2552 || !/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(text)) return undefined;
  return `${message}\nNo cell that makes it has run since the start: run that cell first (Run → Run All Above).`;
}

export const nameSlips: { readonly [name: string]: Rule } = {
  'a cell that did not compile': { codes: UNKNOWN_NAME, say: notMade },
  'a text without quotes': { codes: UNKNOWN_NAME, say: missingQuotes },
  'a name without its import': { codes: UNKNOWN_NAME, say: missingImport },
  'a name without let': { codes: UNKNOWN_NAME, say: missingLet },
  'a cell that has not run': { codes: UNKNOWN_NAME, say: notRunYet },
};
