// The library called in a way that its types refuse: options given as a plain value, a call in place of a
// function, one argument in place of an array.

import ts from 'typescript';
import { callOf, callWith, nameOfCall, type Rule, type Said, type Slip } from './slip';

/** Not assignable; not assignable to a parameter; no properties in common; no overload fits. */
const MISFITS = [2322, 2345, 2559, 2769, 2560, 2353, 2740, 2739, 2741];

/** Which option a plain value most likely is, by what is called. */
const optionOf: { readonly [called: string]: { readonly [kind: string]: string } } = {
  Process: { function: 'target' },
  Pool: { number: 'processes' },
  ThreadPool: { number: 'processes' },
  ...Object.fromEntries(
    ['Lock', 'RLock', 'Event', 'Condition', 'SimpleQueue'].map((name) => [name, { text: 'name' }]),
  ),
  ...Object.fromEntries(
    ['join', 'joinSync', 'acquire', 'acquireSync', 'wait', 'waitSync', 'get', 'getSync'].map((name) => [
      name,
      { number: 'timeout' },
    ]),
  ),
};

function plainValue({ node, text, typeOf }: Slip): Said | undefined {
  const argument = callWith(node) ? node : undefined;
  const call = argument && callWith(argument);
  if (!call) return undefined;
  const called = nameOfCall(call);
  const kind = kindOf(argument, typeOf(argument));
  // A call of what should run over there has run it here already.
  if (called === 'Process' && ts.isCallExpression(argument)) {
    return { sentence: callsNow(argument, (target) => `new Process({ ${target} })`), at: argument };
  }
  const option = optionOf[called]?.[kind];
  if (option === undefined) return undefined;
  const word = ts.isNewExpression(call) ? 'new ' : '';
  const shown = `${word}${call.expression.getText()}({ ${option}: ${text} })`;
  const unit = option === 'timeout' ? ', in milliseconds' : '';
  return { sentence: `Options stand in braces, with their names: write \`${shown}\`${unit}.`, at: argument };
}

/** A value of its own, or one by its name: `new Pool(count)`. */
function kindOf(node: ts.Node, type: string): string {
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node) || /^[(<].*=> |^typeof /s.test(type))
    return 'function';
  if (ts.isNumericLiteral(node) || /^(?:number|-?[\d.]+)$/.test(type)) return 'number';
  if (ts.isStringLiteralLike(node) || /^(?:string|"[^"]*")$/.test(type)) return 'text';
  return ts.isIdentifier(node) ? 'function' : 'other';
}

/** `target: knock()` */
function callAsTarget({ node }: Slip): Said | undefined {
  const property = propertyNamed('target', node);
  const value = property?.initializer;
  if (!value || !ts.isCallExpression(value)) return undefined;
  return { sentence: callsNow(value, (target) => target), at: value };
}

function callsNow(call: ts.CallExpression, around: (target: string) => string): string {
  const args = call.arguments.map((each) => each.getText()).join(', ');
  const name = call.expression.getText();
  const instead = around(`target: ${name}${args === '' ? '' : `, args: [${args}]`}`);
  return `\`${call.getText()}\` calls it now, here: write \`${instead}\`, and the child calls it.`;
}

/** `args: 'Mina'` */
function argsWithoutArray({ node }: Slip): Said | undefined {
  const property = propertyNamed('args', node);
  const given = property?.initializer;
  const value = given && ts.isParenthesizedExpression(given) ? given.expression : given;
  if (!value || ts.isArrayLiteralExpression(value) || !isSingle(value)) return undefined;
  return { sentence: `\`args\` is an array: write \`args: [${value.getText()}]\`.`, at: value };
}

function isSingle(value: ts.Expression): boolean {
  return (
    ts.isStringLiteralLike(value) ||
    ts.isNumericLiteral(value) ||
    ts.isTemplateExpression(value) ||
    ts.isIdentifier(value)
  );
}

/** `p = Process(target=f)`: "Value of type 'typeof Process' is not callable." */
function withoutNew({ node }: Slip): Said | undefined {
  const call = ts.isCallExpression(node) ? node : callOf(node);
  if (!call) return undefined;
  const { parent } = call;
  const isAssigned = ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  const before = isAssigned ? `const ${parent.left.getText()} = ` : '';
  const instead = `${before}new ${call.expression.getText()}(${argumentsOf(call)})`;
  return { sentence: `A new one is made with \`new\`: write \`${instead}\`.`, at: call, isAlone: true };
}

/** `target=f, args=['x']` are the options of an object here. */
function argumentsOf(call: ts.CallExpression | ts.NewExpression): string {
  const options: string[] = [];
  const others: string[] = [];
  for (const each of call.arguments ?? []) {
    const isNamed = ts.isBinaryExpression(each) && each.operatorToken.kind === ts.SyntaxKind.EqualsToken;
    if (isNamed) options.push(`${each.left.getText()}: ${each.right.getText()}`);
    else others.push(each.getText());
  }
  return [...others, ...(options.length > 0 ? [`{ ${options.join(', ')} }`] : [])].join(', ');
}

/** The property of that name which the node is, or is the name or value of. */
function propertyNamed(name: string, node: ts.Node): ts.PropertyAssignment | undefined {
  for (let each: ts.Node | undefined = node; each && !ts.isStatement(each); each = each.parent) {
    if (ts.isPropertyAssignment(each)) return each.name.getText() === name ? each : undefined;
  }
  return undefined;
}

/** `new Process({ function: greet })` */
function functionByAnotherName({ node }: Slip): Said | undefined {
  const { parent } = node;
  const property = parent && (ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent));
  if (!property || !FUNCTION_WORDS.has(node.getText())) return undefined;
  const options = parent.parent;
  const call = callWith(options);
  if (!call || nameOfCall(call) !== 'Process' || propertyOf(options, 'target')) return undefined;
  const value = ts.isPropertyAssignment(parent) ? parent.initializer.getText() : parent.name.text;
  return {
    sentence: `What the child runs stands at \`target\`: write \`target: ${value}\`.`,
    at: parent.name,
  };
}

function propertyOf(options: ts.Node, name: string): boolean {
  return (
    ts.isObjectLiteralExpression(options) && options.properties.some((each) => each.name?.getText() === name)
  );
}

const FUNCTION_WORDS = new Set(['function', 'func', 'fn', 'run', 'task', 'callback', 'main', 'worker']);

/** "Expected 2 arguments, but got 1." */
function answerAlone({ node, message }: Slip): string | undefined {
  if (!message.startsWith('Expected 2 ')) return undefined;
  let call = node;
  while (call && !ts.isCallExpression(call)) call = call.parent;
  if (!call || nameOfCall(call) !== 'answer' || call.arguments.length > 1) return undefined;
  const question = call.arguments[0]?.getText() ?? "'…'";
  return `Your answer is missing: behind the question stands a letter, between quotes. Write \`answer(${question}, 'b')\` if you mean b.`;
}

/** `await checkSendNames()`: "Expected 1 arguments, but got 0." */
function tooFew({ node, message, parametersOf }: Slip): string | undefined {
  if (!/^Expected (?:at least )?\d/.test(message)) return undefined;
  let call = node;
  while (call && !ts.isCallExpression(call) && !ts.isNewExpression(call)) call = call.parent;
  if (!call) return undefined;
  const given = call.arguments ?? ts.factory.createNodeArray<ts.Expression>();
  const parameters = parametersOf(call);
  const missing = parameters.slice(given.length);
  if (missing.length === 0 || given.some((each) => ts.isSpreadElement(each))) return undefined;
  const args = [...given.map((each) => each.getText()), ...missing.map(({ name }) => name)].join(', ');
  const called = call.expression.getText();
  const named = missing.map(({ name }) => `\`${name}\``).join(' and ');
  const isFunction = missing.length === 1 && /=> /.test(missing[0]?.type ?? '');
  const own = isFunction ? 'the name of your function' : missing.length === 1 ? 'your value' : 'your values';
  return (
    `\`${called}\` is called without ${named}: ` +
    `write \`${ts.isNewExpression(call) ? 'new ' : ''}${called}(${args})\`, with ${own} in place of ${named}.`
  );
}

/** "… but 'taget' does not exist in type 'ProcessOptions<…>'. Did you mean to write 'target'?" */
function misspelt({ message }: Slip): string | undefined {
  const [, meant] = /Did you mean to write '(\w+)'\?/.exec(message) ?? [];
  const [, written] = /'(\w+)' does not exist in type/.exec(message) ?? [];
  if (meant === undefined || written === undefined) return undefined;
  return `There is no \`${written}\` here: did you mean \`${meant}\`?`;
}

export const callSlips: { readonly [name: string]: Rule } = {
  'a class without new': { codes: [2348], say: withoutNew },
  'a call as target': { codes: MISFITS, say: callAsTarget },
  'a target by another name': { codes: [2353, 2561], say: functionByAnotherName },
  'an answer without a letter': { codes: [2554], say: answerAlone },
  'too few arguments': { codes: [2554, 2555], say: tooFew },
  'an option that is misspelt': { codes: [2561, 2353, 2769], say: misspelt },
  'args without an array': { codes: MISFITS, say: argsWithoutArray },
  'an option as a plain value': { codes: MISFITS, say: plainValue },
};
