// Names that only Python knows, in a cell of TypeScript: functions, words, types and modules.

import ts from 'typescript';
import { pythonContainers, pythonTypes, pythonWords, valuesHere } from './python-words';
import { callOf, type Rule, type Said, type Slip, UNKNOWN_NAME } from './slip';

/** Code, and what is to be said behind it. */
type Instead = string | readonly [code: string, more: string];
type Here = (argument: string, slip: Slip) => Instead;

function quoted(instead: Instead): string {
  const [text, more] = typeof instead === 'string' ? [instead, ''] : instead;
  return `\`${text}\`${more}`;
}

const exitHere: Here = () => ['process.exit()', ' in a child; a cell ends by itself'];

/** How many there are, by what has a count. */
const COUNTS = ['length', 'qsize', 'size', 'empty'];

/** Functions of Python's, and what is written here in place of the call. */
const functions: { readonly [name: string]: Here } = {
  print: (argument) => `console.log(${argument})`,
  len: (argument, { node, membersOf }) => {
    const [counted] = callOf(node)?.arguments ?? [];
    const members = counted ? membersOf(counted) : [];
    const count = COUNTS.find((each) => members.includes(each)) ?? 'length';
    if (count === 'empty')
      return [`${argument}.empty()`, ': it knows whether it is empty, and not how many are in it'];
    return `${argument}.${count}${count === 'qsize' ? '()' : ''}`;
  },
  str: (argument) => `String(${argument})`,
  int: (argument) => `Number(${argument})`,
  float: (argument) => `Number(${argument})`,
  range: (argument) => `[...Array(${argument}).keys()]`,
  list: (argument) => `[...${argument}]`,
  sum: (argument) => `${argument}.reduce((a, b) => a + b, 0)`,
  enumerate: (argument) => `${argument}.entries()`,
  abs: (argument) => `Math.abs(${argument})`,
  round: (argument) => `Math.round(${argument})`,
  sleep: sleepHere,
  exit: exitHere,
  quit: exitHere,
};

/** What stands here for names of Python's modules. */
const modules: { readonly [name: string]: Here } = {
  'time.sleep': sleepHere,
  'time.time': () => 'Date.now() / 1000',
  'time.perf_counter': () => 'performance.now() / 1000',
  'random.random': () => 'Math.random()',
  'os.getpid': () => 'process.pid',
  'os.cpu_count': (_, { importsOf }) => ['cpuCount()', `, after \`${importsOf('cpuCount')[0]};\``],
  'sys.exit': exitHere,
  'math.sqrt': (argument) => `Math.sqrt(${argument})`,
};

/** Python counts in seconds. */
function sleepHere(argument: string, { importsOf }: Slip): Instead {
  const seconds = Number(argument);
  const time = Number.isFinite(seconds) && argument !== '' ? String(seconds * 1000) : `${argument} * 1000`;
  const [ours = ''] = importsOf('sleep');
  return [`await sleep(${time})`, `, in milliseconds, after \`${ours};\``];
}

function unknownFunction(slip: Slip): Said | undefined {
  const here = Object.hasOwn(functions, slip.text) ? functions[slip.text] : undefined;
  const call = here && callOf(slip.node);
  if (!call || isOurSleep(call)) return undefined;
  const argument = argumentOf(call);
  return { sentence: `\`${slip.text}()\` is Python's. Here: ${quoted(here(argument, slip))}`, at: call };
}

/** From this number on it is meant as milliseconds: no program waits so many seconds. */
const MANY_SECONDS = 50;

/** `await sleep(1000)` is ours, in milliseconds, and lacks its import alone. */
function isOurSleep(call: ts.CallExpression | ts.NewExpression): boolean {
  if (call.expression.getText() !== 'sleep') return false;
  return ts.isAwaitExpression(call.parent) || Number(call.arguments?.[0]?.getText()) >= MANY_SECONDS;
}

function unknownWord({ text, node }: Slip): Said | string | undefined {
  const told = isType(node) ? typeHere(text, node) : annotated(text, node);
  if (told !== undefined) return told;
  const here = pythonWords[text];
  return here && `\`${text}\` is Python's. Here: \`${here}\``;
}

function typeHere(text: string, node: ts.Node): string | undefined {
  const indexed = [node.parent, node.parent?.parent].find((each) => each && ts.isIndexedAccessTypeNode(each));
  const inside = indexed && ts.isIndexedAccessTypeNode(indexed) && indexed.objectType.getText() === text;
  const element = inside ? pythonTypes[indexed.indexType.getText()] : undefined;
  // What gives nothing back.
  const isOfFunction = [node, node.parent].some(
    (each) => each?.parent && ts.isFunctionLike(each.parent) && each.parent.type === each,
  );
  if (text === 'None' && isOfFunction) return `\`None\` is Python's. Here the type is \`void\``;
  const isList = text === 'list' || text === 'List';
  const type = isList && element !== undefined ? `${element}[]` : pythonTypes[text];
  const named = type === undefined ? pythonContainers[text] : `\`${type}\``;
  return named && `\`${text}\` is Python's. Here the type is ${named}`;
}

/** `count: int = 5`, which is a label and an assignment to TypeScript. */
function annotated(text: string, node: ts.Node): Said | undefined {
  const assignment = node.parent;
  const label = assignment?.parent?.parent;
  if (!label || !ts.isLabeledStatement(label) || !ts.isBinaryExpression(assignment)) return undefined;
  const type = pythonTypes[text];
  if (type === undefined && pythonContainers[text] === undefined) return undefined;
  const value = valuesHere(assignment.right.getText());
  const instead = `let ${label.label.text}${type === undefined ? '' : `: ${type}`} = ${value}`;
  return { sentence: `That is Python. Here: \`${instead}\``, at: label, isAlone: true };
}

/** Whether it stands where a type does. */
function isType(node: ts.Node): boolean {
  for (let each: ts.Node | undefined = node; each; each = each.parent) {
    if (ts.isTypeNode(each) && !ts.isExpressionWithTypeArguments(each)) return true;
    if (ts.isExpression(each) && !ts.isIdentifier(each)) return false;
    if (ts.isStatement(each)) return false;
  }
  return false;
}

function unknownModule(slip: Slip): Said | undefined {
  const access = slip.node.parent;
  const name = access?.getText() ?? '';
  const here = Object.hasOwn(modules, name) ? modules[name] : undefined;
  const call = here && callOf(access);
  if (!call) return undefined;
  const argument = argumentOf(call);
  return { sentence: `\`${name}()\` is Python's. Here: ${quoted(here(argument, slip))}`, at: call };
}

function argumentOf(call: ts.CallExpression | ts.NewExpression): string {
  return (call.arguments ?? []).map((each) => valuesHere(each.getText())).join(', ');
}

export const pythonNames: { readonly [name: string]: Rule } = {
  "Python's function": { codes: UNKNOWN_NAME, say: unknownFunction },
  "Python's word": { codes: UNKNOWN_NAME, say: unknownWord },
  "Python's module": { codes: UNKNOWN_NAME, say: unknownModule },
};
