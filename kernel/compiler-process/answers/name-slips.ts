// A name that nothing declares: which import was forgotten, which cell has not run, which quotes are missing.

import ts from 'typescript';
import { valuesHere } from './python-words';
import { callWith, nameOfCall, type Rule, type Said, type Slip, UNKNOWN_NAME } from './slip';

/** More would be a list to choose from. */
const MOST = 2;

/** How all the cells above are run. */
const ALL_ABOVE = 'Run → Run All Above';

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
function missingQuotes({ node, text, textFor }: Slip): string | undefined {
  const told = `A text stands between quotes: write \`'${text}'\`.`;
  const texts = textFor(node);
  // What can be nothing else: the name of a question, a letter, one of a few words.
  if (isLetterOfAnswer(node) || (typeof texts === 'object' && texts.includes(text))) return told;
  if (!isGuess(node)) return undefined;
  return `${told} If \`${text}\` is a variable: no cell that makes it has run; run that cell first (${ALL_ABOVE}).`;
}

function isLetterOfAnswer(node: ts.Node): boolean {
  const call = callWith(node);
  const isSecond = call !== undefined && call.arguments?.[1] === node;
  return isSecond && nameOfCall(call) === 'answer' && node.getText().length === 1;
}

/** `const wordGuess = late`, whose name says that it is the student's. */
function isGuess(node: ts.Node): boolean {
  const { parent } = node;
  const isInitial = parent && ts.isVariableDeclaration(parent) && parent.initializer === node;
  return isInitial && /(?:guess|answer|prediction)$/i.test(parent.name.getText());
}

/** `const numbers = all`, `greet(Mina)`: where a text could stand as well as a variable. */
function mayBeText({ node, textFor }: Slip): boolean {
  const { parent } = node;
  if (!parent || !ts.isIdentifier(node)) return false;
  const isInitial = ts.isVariableDeclaration(parent) && parent.initializer === node && !parent.type;
  const isAssigned =
    ts.isBinaryExpression(parent) &&
    parent.right === node &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  return isInitial || isAssigned || textFor(node) !== 'none' || isOfUnknown(node);
}

/** `const isFree: unknown = late` */
function isOfUnknown({ parent }: ts.Node): boolean {
  return ts.isVariableDeclaration(parent) && parent.type?.kind === ts.SyntaxKind.UnknownKeyword;
}

/** `x = 5` */
function missingLet({ node, text, typeOf }: Slip): Said | undefined {
  const { parent } = node;
  if (!parent) return undefined;
  const isLoop = ts.isForOfStatement(parent) || ts.isForInStatement(parent);
  if (isLoop && parent.initializer === node) {
    // Python's `in`: here that of an array would count.
    const isList = /\[\]$|^string$/.test(typeOf(parent.expression));
    const word = ts.isForOfStatement(parent) || isList ? 'of' : 'in';
    const wait = ts.isForOfStatement(parent) && parent.awaitModifier ? ' await' : '';
    const loop = `for${wait} (const ${text} ${word} ${parent.expression.getText()})`;
    return { sentence: `\`${text}\` is new: write \`${loop}\`.`, settles: text };
  }
  const isAssigned =
    ts.isBinaryExpression(parent) &&
    parent.left === node &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  if (!isAssigned) return undefined;
  return {
    sentence: `\`${text}\` is new: write \`let ${valuesHere(parent.getText())}\`.`,
    settles: text,
  };
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
function notRunYet(slip: Slip): string | undefined {
  const { code, message, node, text } = slip;
  // A fault of ours has TypeScript's number and says it in other words: `__dirname`.
  if (!message.startsWith('Cannot find name')) return undefined;
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(text)) return undefined;
  const quotes = mayBeText(slip) ? `\nIf it is meant as a text, put it between quotes: \`'${text}'\`.` : '';
  const toRun = `cell that makes it has run since the start: run that cell first (${ALL_ABOVE}).`;
  // "Did you mean …?" The names of guesses are alike, and it may be the one that was meant.
  if (code === 2552) {
    if (isPredicted(node)) return `${message}\nIf not: no ${toRun}`;
    return quotes === '' ? undefined : message + quotes;
  }
  return `${message}\nNo ${toRun}${quotes}`;
}

/** `predicted(leftGuess, left.length)` */
function isPredicted(node: ts.Node): boolean {
  for (let each = node; each && !ts.isStatement(each); each = each.parent) {
    const call = callWith(each);
    if (call && nameOfCall(call) === 'predicted') return true;
  }
  return false;
}

export const nameSlips: { readonly [name: string]: Rule } = {
  'a cell that did not compile': { codes: UNKNOWN_NAME, say: notMade },
  'a text without quotes': { codes: UNKNOWN_NAME, say: missingQuotes },
  'a name without its import': { codes: UNKNOWN_NAME, say: missingImport },
  'a name without let': { codes: UNKNOWN_NAME, say: missingLet },
  'a cell that has not run': { codes: UNKNOWN_NAME, say: notRunYet },
};
