// Slips about `async`, types and characters: what TypeScript says is right, and no help to a beginner.

import ts from 'typescript';
import type { Rule, Said, Slip } from './slip';

/** "'await' expressions are only allowed within async functions …", and the same of `for await`. */
const NEEDS_ASYNC = [1308, 1103];

function missingAsync({ node }: Slip): Said | undefined {
  let around: ts.Node | undefined = node;
  while (around && !ts.isFunctionLike(around)) around = around.parent;
  if (!around) return undefined;
  const parameters = around.parameters.map((each) => each.getText()).join(', ');
  const name = around.name?.getText() ?? '';
  const instead = ts.isArrowFunction(around)
    ? `async (${parameters}) => …`
    : ts.isMethodDeclaration(around)
      ? `async ${name}(${parameters}) { … }`
      : `async function ${name}(${parameters}) { … }`;
  return {
    sentence: `\`await\` needs an \`async\` before its function: write \`${instead}\`.`,
    at: 'name' in around && around.name ? around.name : node,
  };
}

/** "Parameter 'count' implicitly has an 'any' type." */
function parameterWithoutType({ node, text }: Slip): Said | undefined {
  const name = ts.isParameter(node) ? node.name.getText() : /^[\w$]+/.exec(text)?.[0];
  if (name === undefined) return undefined;
  return {
    sentence: `Say of what type \`${name}\` is, such as \`${name}: number\` or \`${name}: string\`.`,
  };
}

/** "'name' is of type 'unknown'.", and where an unknown value is given to something. */
const UNKNOWN_VALUE = [18046, 2571, 2322, 2345, 2339, 2365, 2769];
const TYPELESS = /\b(\w*Queue|Connection)<unknown(?:, unknown)?>/;

function typelessQueue({ node, message, typeOf }: Slip): string | undefined {
  if (!/\bunknown\b/.test(message)) return undefined;
  const made = TYPELESS.exec(sourceOf(node, typeOf))?.[1];
  if (made === undefined) return undefined;
  const instead = made === 'Connection' ? 'Pipe<string>()' : `new ${made}<string>()`;
  return `What comes out of a ${made} without a type is \`unknown\`: make it with \`${instead}\`, or \`<number>\`.`;
}

/** The type of what the value was taken from: of `q` for `q.get()`, also by way of a variable. */
function sourceOf(node: ts.Node, typeOf: Slip['typeOf']): string {
  let found = '';
  const visit = (each: ts.Node): void => {
    if (ts.isPropertyAccessExpression(each) && /^(?:get|recv)/.test(each.name.text)) {
      found ||= typeOf(each.expression);
    }
    ts.forEachChild(each, visit);
  };
  const name = /^[\w$]+/.exec(node.getText())?.[0];
  visit(node);
  if (found !== '') return found;
  const inVariable = (each: ts.Node): void => {
    if (ts.isVariableDeclaration(each) && each.name.getText() === name && each.initializer) {
      visit(each.initializer);
    }
    ts.forEachChild(each, inVariable);
  };
  inVariable(node.getSourceFile());
  return found;
}

/** A value of type Promise where another one is wanted; and operands that are no numbers. */
const MISFIT_PROMISE = [2322, 2339, 2345, 2365, 2367, 2488, 2538, 2769];
const NO_NUMBER = [2356, 2362, 2363];

function missingAwait({ node, code, message, typeOf }: Slip): Said | undefined {
  const isAbout = NO_NUMBER.includes(code) || /'Promise<[^']*'/.test(message);
  if (!isAbout || /to (?:parameter of )?type 'Promise</.test(message)) return undefined;
  // Where a variable is marked, the promise stands behind it; where a method is, before it.
  const { parent } = node;
  const around = ts.isVariableDeclaration(parent) ? parent.initializer : parent;
  const promise = promiseIn(node, typeOf) ?? (around && promiseIn(around, typeOf));
  if (promise === undefined) return undefined;
  const written = promise.getText();
  const isPart = ts.isPropertyAccessExpression(promise.parent) || ts.isNonNullExpression(promise.parent);
  const instead = isPart ? `(await ${written})` : `await ${written}`;
  return {
    sentence: `\`${written}\` gives a promise, not yet the result. Is an \`await\` missing? Write \`${instead}\`.`,
    at: promise,
  };
}

/** Returns the first expression that gives a promise which is not awaited. */
function promiseIn(node: ts.Node, typeOf: Slip['typeOf']): ts.Node | undefined {
  if (ts.isAwaitExpression(node) || ts.isFunctionLike(node)) return undefined;
  const mayBe = ts.isCallExpression(node) || ts.isIdentifier(node);
  if (mayBe && /^Promise<(?!unknown>)/.test(typeOf(node))) return node;
  return ts.forEachChild(node, (child) => promiseIn(child, typeOf));
}

/** "The initializer of a 'using' declaration must be …" */
const NO_DISPOSE = [2850, 2851];

/** `using turn = lock.acquire()` */
function usingOfPromise({ node, typeOf, membersOf, isDisposedLater }: Slip): Said | undefined {
  let declared: ts.Node = node;
  while (declared && !ts.isVariableDeclaration(declared)) declared = declared.parent;
  const value = declared?.initializer;
  if (!value || !/^Promise</.test(typeOf(value)) || !isDisposedLater(value)) return undefined;
  const name = declared.name.getText();
  const awaited = `\`using ${name} = await ${value.getText()}\``;
  const blocking = ts.isCallExpression(value) && blockingOf(value, membersOf);
  return {
    sentence: `\`${value.getText()}\` gives a promise, not yet what \`using\` gives back: write ${awaited}${blocking ? `, or \`using ${name} = ${blocking}\`` : ''}.`,
    at: value,
  };
}

/** `lock.acquireSync()` of `lock.acquire()`. */
function blockingOf(call: ts.CallExpression, membersOf: Slip['membersOf']): string | undefined {
  const { expression } = call;
  if (!ts.isPropertyAccessExpression(expression)) return undefined;
  const blocking = `${expression.name.text}Sync`;
  if (!membersOf(expression.expression).includes(blocking)) return undefined;
  const args = call.arguments.map((each) => each.getText()).join(', ');
  return `${expression.expression.getText()}.${blocking}(${args})`;
}

/** "Invalid character." */
const INVALID_CHARACTER = [1127];
const CURLY_DOUBLE = /[\u201c\u201d\u201e\u00ab\u00bb]/;
const CURLY_SINGLE = /[\u2018\u2019\u201a\u2039\u203a]/;
const DASHES = /[\u2013\u2014\u2212]/;

function characters({ text, line }: Slip): Said | undefined {
  const at = (kind: RegExp) => kind.test(text) || (text.trim() === '' && kind.test(line));
  if (at(CURLY_DOUBLE) || at(CURLY_SINGLE)) {
    const straight = line
      .replace(new RegExp(CURLY_DOUBLE, 'g'), '"')
      .replace(new RegExp(CURLY_SINGLE, 'g'), "'");
    return { sentence: `These are curly quotes. Use straight ones: \`${straight}\``, isAlone: true };
  }
  if (!at(DASHES)) return undefined;
  const straight = line.replace(new RegExp(DASHES, 'g'), '-');
  return { sentence: `This is a long dash. Use the short one: \`${straight}\``, isAlone: true };
}

export const typeSlips: { readonly [name: string]: Rule } = {
  'curly quotes': { codes: INVALID_CHARACTER, say: characters },
  'await without async': { codes: NEEDS_ASYNC, say: missingAsync },
  'a parameter without a type': { codes: [7006], say: parameterWithoutType },
  'a queue without a type': { codes: UNKNOWN_VALUE, say: typelessQueue },
  'using a promise': { codes: NO_DISPOSE, say: usingOfPromise },
  'a promise without await': { codes: [...MISFIT_PROMISE, ...NO_NUMBER], say: missingAwait },
};
