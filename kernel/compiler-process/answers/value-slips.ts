// A value of another kind than a function asks for: a number for a text, a text for a number, one value for
// an array, the result of a call for the function itself.

import ts from 'typescript';
import { callWith, nameOfCall, type Rule, type Said, type Slip } from './slip';

/** Not assignable to a parameter; not assignable. */
const ARGUMENT = [2345];
const VALUE = [2345, 2322];

interface Misfit {
  readonly value: ts.Expression;
  /** The types of what is given and of what is asked for, as TypeScript writes them. */
  readonly given: string;
  readonly wanted: string;
}

const WORDS =
  /^(?:Argument of type|Type) '(.*?)' is not assignable to (?:parameter of )?type '(.*?)'\.(?:\n|$)/s;

function misfitOf({ node, message }: Slip): Misfit | undefined {
  const [, given = '', wanted = ''] = WORDS.exec(message) ?? [];
  const value = valueAt(node);
  return wanted === '' || value === undefined ? undefined : { value, given, wanted };
}

/** TypeScript marks the name of a property or variable, and means its value. */
function valueAt(node: ts.Node): ts.Expression | undefined {
  const { parent } = node;
  const isElement = parent && ts.isArrayLiteralExpression(parent);
  if (callWith(node) || isElement) return node as ts.Expression;
  const isNamed = parent && (ts.isPropertyAssignment(parent) || ts.isVariableDeclaration(parent));
  return isNamed && parent.name === node ? parent.initializer : undefined;
}

const isText = (type: string) => /^string(?: \| undefined)?$/.test(type);
const isNumber = (type: string) => /^number(?: \| undefined)?$/.test(type);
const isArray = (type: string) => /\[\]$|^(?:Readonly)?Array</.test(type);
const isTextValue = (type: string) => type === 'string' || /^"[^"]*"$/.test(type);
const isNumberValue = (type: string) => type === 'number' || /^-?[\d.]+$/.test(type);
const isTruthValue = (type: string) => /^(?:boolean|true|false)$/.test(type);

/** `answer('corez', 'b')` */
function noSuchQuestion(slip: Slip): string | undefined {
  const call = callWith(slip.node);
  if (call === undefined || nameOfCall(call) !== 'answer' || call.arguments?.[0] !== slip.node)
    return undefined;
  return `There is no question ${slip.text}. Leave the first text as the notebook has it, and change the second one.`;
}

/** `checkDigging(digHoles(['A']))` */
function calledInPlace(slip: Slip): Said | undefined {
  const { value, given, wanted } = misfitOf(slip) ?? {};
  if (value === undefined || !/^\(.*\) => /s.test(wanted ?? '') || given?.includes('=>')) return undefined;
  const inner = ts.isAwaitExpression(value) ? value.expression : value;
  const call = callWith(value);
  if (!ts.isCallExpression(inner) || call === undefined || nameOfCall(call) === 'Process') return undefined;
  const name = inner.expression.getText();
  return {
    sentence: `\`${inner.getText()}\` calls it now and gives on what it returns. Give the function itself: write \`${callWithout(call, value, name)}\`.`,
    at: value,
  };
}

/** The call with something else in the place of one argument. */
function callWithout(call: ts.CallExpression | ts.NewExpression, value: ts.Node, instead: string): string {
  const args = call.arguments?.map((each) => (each === value ? instead : each.getText())) ?? [];
  return `${ts.isNewExpression(call) ? 'new ' : ''}${call.expression.getText()}(${args.join(', ')})`;
}

/** `answer('cores', 3)` */
function numberForText(slip: Slip): Said | undefined {
  const { value, given, wanted } = misfitOf(slip) ?? {};
  if (value === undefined || !isText(wanted ?? '')) return undefined;
  const call = callWith(value);
  const isOther = isNumberValue(given ?? '') || isTruthValue(given ?? '');
  if (isOther && call !== undefined && nameOfCall(call) === 'answer') {
    const instead = callWithout(call, value, "'b'");
    return {
      sentence: `An answer is one of the letters, between quotes: write \`${instead}\` if you mean b.`,
    };
  }
  if (!isNumberValue(given ?? '')) return undefined;
  if (!ts.isNumericLiteral(value)) {
    return {
      sentence: `\`${value.getText()}\` is a number, and here a text is asked for: write \`String(${value.getText()})\`.`,
      at: value,
    };
  }
  return {
    sentence: `\`${value.text}\` is a number, and here a text is asked for: write \`'${value.text}'\`.`,
    at: value,
  };
}

/** `new Pool({ processes: '2' })` */
function textForNumber(slip: Slip): Said | undefined {
  const { value, given, wanted } = misfitOf(slip) ?? {};
  if (value === undefined || !isNumber(wanted ?? '') || !isTextValue(given ?? '')) return undefined;
  if (ts.isIdentifier(value)) {
    return {
      sentence: `\`${value.text}\` is a text, and here a number is asked for: write \`Number(${value.text})\`, or make it without quotes.`,
      at: value,
    };
  }
  if (!ts.isStringLiteralLike(value) || !isNumeral(value.text)) return undefined;
  return {
    sentence: `\`${value.getText()}\` is a text, because of its quotes, and here a number is asked for: write \`${value.text.trim()}\`.`,
    at: value,
  };
}

function isNumeral(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text));
}

/** `new Process({ target: 'greet' })` */
function nameOfTarget(slip: Slip): Said | undefined {
  const { value, wanted } = misfitOf(slip) ?? {};
  if (value === undefined || !ts.isStringLiteralLike(value) || !propertyIs(value, 'target')) return undefined;
  if (!/^\(.*\) => /s.test(wanted ?? '')) return undefined;
  const name = value.text.replace(/\(.*/s, '');
  const instead = /^[\w$.]+$/.test(name) ? name : '…';
  return {
    sentence: `A child runs a function, and \`${value.getText()}\` is a text: write \`target: ${instead}\`, without quotes.`,
    at: value,
  };
}

/** `new Process({ target: greet })` */
function withoutArgs({ message }: Slip): string | undefined {
  const [, parameters] =
    /Property 'args' is missing in type .* but required in type '\{ args: \[(.*)\]; \}'/s.exec(message) ?? [];
  if (parameters === undefined) return undefined;
  // A type with types in it may have commas and colons of its own.
  const isPlain = /^[\w:?, ]+$/.test(parameters);
  const names = isPlain ? parameters.replace(/\??: [^,]+/g, '') : '…';
  return `The function at \`target\` is called with what stands in \`args\`, and there is none: write \`args: [${names}]\`, with your values in it.`;
}

/** `checkOrder(twoAdd, ['A', 'B'], …)` */
function arrayForText(slip: Slip): Said | undefined {
  const { value, given, wanted } = misfitOf(slip) ?? {};
  if (value === undefined || !isText(wanted ?? '') || !isArray(given ?? '')) return undefined;
  const words = ts.isArrayLiteralExpression(value) ? value.elements : [];
  const isPlain =
    words.length > 0 && words.every((each) => ts.isStringLiteralLike(each) || ts.isNumericLiteral(each));
  const text = isPlain ? words.map((each) => (each as ts.LiteralExpression).text).join(' ') : '…';
  return {
    sentence: `\`${value.getText()}\` is an array, and here one text is asked for: write \`'${text}'\`, without brackets.`,
    at: value,
  };
}

/** `checkResults(program, '10, 20')` */
function oneForArray(slip: Slip): Said | undefined {
  const { value, given, wanted } = misfitOf(slip) ?? {};
  if (value === undefined || !isArray(wanted ?? '')) return undefined;
  const isOne = isTextValue(given ?? '') || isNumberValue(given ?? '');
  if (!isOne || propertyIs(value, 'args')) return undefined;
  return {
    sentence: `An array is asked for here; it stands between brackets: write \`[${partsOf(value)}]\`.`,
    at: value,
  };
}

function partsOf(value: ts.Expression): string {
  if (!ts.isStringLiteralLike(value)) return value.getText();
  const parts = value.text.split(',').map((part) => part.trim());
  return parts.map((part) => (isNumeral(part) ? part : `'${part}'`)).join(', ');
}

/** Whether it is the value of the property of this name, whose slips have a sentence of their own. */
function propertyIs({ parent }: ts.Node, name: string): boolean {
  return ts.isPropertyAssignment(parent) && parent.name.getText() === name;
}

export const valueSlips: { readonly [name: string]: Rule } = {
  'a question that there is not': { codes: ARGUMENT, say: noSuchQuestion },
  'a call in place of a function': { codes: ARGUMENT, say: calledInPlace },
  'a number for a text': { codes: VALUE, say: numberForText },
  'a text for a number': { codes: VALUE, say: textForNumber },
  'a text for a function': { codes: VALUE, say: nameOfTarget },
  'args that are missing': { codes: ARGUMENT, say: withoutArgs },
  'an array for a text': { codes: VALUE, say: arrayForText },
  'one value for an array': { codes: ARGUMENT, say: oneForArray },
};
