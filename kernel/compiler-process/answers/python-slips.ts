// Python written in a cell of TypeScript: by a line that no TypeScript has, and by names that only Python
// knows.

import { callOf, type Rule, type Said, type Slip, UNKNOWN_NAME } from './slip';

interface Line {
  readonly python: RegExp;
  /** What the same is here, of the parts that the expression found. */
  here(...parts: string[]): string;
}

/**
 * Nobody types more. The expressions try each beginning with each end, and would take minutes for a long one.
 */
const LONGEST_LINE = 300;

/** In this order: the first that fits is told. */
const lines: { readonly [name: string]: Line } = {
  listOf: {
    python: /\[\s*(.+?)\s+for\s+(\w+)\s+in\s+(.+?)(?:\s+if\s+(.+?))?\s*\]/,
    here: (result, name, list, condition) => {
      const all = list.replace(/^range\(\s*(\w+)\s*\)$/, '[...Array($1).keys()]');
      const some = condition ? `.filter((${name}) => ${conditionHere(condition)})` : '';
      return result === name && some !== '' ? all + some : `${all}${some}.map((${name}) => ${result})`;
    },
  },
  process: {
    python: /\bProcess\(\s*target\s*=\s*([\w.]+)\s*,\s*args\s*=\s*[([](.*?),?\s*[)\]]\s*,?\s*\)/,
    here: (target, args) => `new Process({ target: ${target}, args: [${args}] })`,
  },
  tuple: {
    python: /\bargs\s*[=:]\s*\(\s*([^()]*?)\s*,\s*\)/,
    here: (items) => `args: [${items}]`,
  },
  importFrom: {
    python: /^from\s+([\w.]+)\s+import\s+(.+?);?$/,
    here: (module, names) => `import { ${names} } from '${moduleHere(module)}';`,
  },
  import: {
    python: /^import\s+([\w.]+)(?:\s+as\s+(\w+))?(?:\s*,\s*[\w.]+(?:\s+as\s+\w+)?)*;?$/,
    here: (module, name) => importHere(module, name),
  },
  define: {
    python: /^(async\s+)?def\s+(\w+)\s*\((.*?)\)?\s*(?:->.*)?:?$/,
    here: (async, name, parameters) => `${async}function ${name}(${parameters}) { … }`,
  },
  class: {
    python: /^class\s+(\w+)(?:\((\w*)\))?\s*:/,
    here: (name, base) => `class ${name}${base ? ` extends ${base}` : ''} { … }`,
  },
  countTo: {
    python: /^for\s+(\w+)\s+in\s+range\(\s*([^,()]+)\s*\)\s*:/,
    here: (name, end) => `for (let ${name} = 0; ${name} < ${end}; ${name}++) { … }`,
  },
  countFromTo: {
    python: /^for\s+(\w+)\s+in\s+range\(\s*([^,()]+),\s*([^,()]+)\s*\)\s*:/,
    here: (name, first, end) => `for (let ${name} = ${first}; ${name} < ${end}; ${name}++) { … }`,
  },
  forEach: {
    python: /^for\s+(?!\()(.+?)\s+in\s+(.+?)\s*:/,
    here: (names, list) => `for (const ${names.includes(',') ? `[${names}]` : names} of ${list}) { … }`,
  },
  main: {
    python: /^if\s+__name__\s*==/,
    here: () => 'the lines alone, without this `if`: a child does not run the cells again',
  },
  elseIf: {
    python: /^elif\s+(.+?)\s*:/,
    here: (condition) => `else if (${conditionHere(condition)}) { … }`,
  },
  else: { python: /^else\s*:/, here: () => 'else { … }' },
  condition: {
    python: /^(if|while)\s+(?=[^(]|.*:$)(.+?)\s*:/,
    here: (word, condition) => `${word} (${conditionHere(condition)}) { … }`,
  },
  with: {
    python: /^with\s+(.+?)\s*:/,
    here: (lock) => `await ${lock}.with(async () => { … });`,
  },
  try: { python: /^try\s*:/, here: () => 'try { … } catch (error) { … }' },
  except: { python: /^except\b.*:/, here: () => 'catch (error) { … }' },
  raise: {
    python: /^raise\s+(\w+)\((.*)\)/,
    here: (_, message) => `throw new Error(${message});`,
  },
  lambda: {
    python: /\blambda\s*([\w\s,]*):\s*([^,)]+)/,
    here: (parameters, result) => `(${parameters.trim()}) => ${result}`,
  },
  format: {
    python: /\bf(['"])(.*?)\1/,
    here: (_, text) => `\`${text.replaceAll('`', '\\`').replace(/\{/g, '${')}\``,
  },
  words: {
    python: /((?:\bnot\s+)?[^\s(]+\s+(?:and|or)\s+(?:not\s+)?[^\s;]+?)[;)]*(?:\s.*)?$/,
    here: (condition) => conditionHere(condition),
  },
  not: { python: /\bnot\s+(\w+)/, here: (name) => `!${name}` },
  print: { python: /^print\s+(.+)$/, here: (text) => `console.log(${text})` },
  comment: { python: /(?:^|\s)#\s+(.+)$/, here: (text) => `// ${text}` },
};

/** What the module is mostly taken for. */
const imports: { readonly [module: string]: string } = {
  time: "`import { sleep } from 'parlab';`, and `await sleep(1000)` waits 1000 milliseconds",
  random: 'no import is needed: `Math.random()`',
  math: 'no import is needed: `Math.sqrt(2)`, `Math.PI`',
  json: 'no import is needed: `JSON.parse(…)`, `JSON.stringify(…)`',
  sys: 'no import is needed: `process.exit()`, `process.stdout.write(…)`',
  os: "no import is needed: `process.pid`; or `import { cpuCount } from 'parlab';`",
  threading: "`import { Lock, Process } from 'parlab';`",
};

function importHere(module: string, name: string): string {
  if (/^(?:parlab|multiprocessing)/.test(module)) return "import { Process } from 'parlab';";
  const known = Object.hasOwn(imports, module) ? imports[module] : undefined;
  return (
    known ??
    `import * as ${name || module.replace(/.*\./, '')} from '${module.includes('.') ? '…' : module}';`
  );
}

function moduleHere(module: string): string {
  return /^(?:parlab|multiprocessing)/.test(module) ? 'parlab' : module;
}

/** Texts in it stay as they are. */
function conditionHere(condition: string): string {
  return condition.replace(/(['"])(?:\\.|(?!\1)[^\\])*\1|[^'"]+/g, (part) =>
    /^['"]/.test(part) ? part : wordsHere(part),
  );
}

function wordsHere(code: string): string {
  return code
    .replace(/\bis\s+not\b/g, '!==')
    .replace(/\bis\b/g, '===')
    .replace(/\band\b/g, '&&')
    .replace(/\bor\b/g, '||')
    .replace(/\bnot\s+/g, '!')
    .replace(/\b(?:True|False|None)\b/g, (word) => words[word] ?? word)
    .replace(/\s==\s/g, ' === ')
    .replace(/\s!=\s/g, ' !== ');
}

/** One rule for each kind of line. */
const ofLines = Object.entries(lines).map(([name, { python, here }]): [string, Rule] => [
  `python: ${name}`,
  {
    codes: 'syntax',
    say({ line, lineBefore }) {
      const parts = partsOf(line, python) ?? partsOf(lineBefore, python);
      if (!parts) return undefined;
      const instead = here(...parts);
      const quoted = name === 'main' ? instead : code(instead);
      return { sentence: `That is Python. Here: ${quoted}`, isAlone: true };
    },
  },
]);

/** What the expression finds in the code of a line: texts and comments may say anything. */
function partsOf(line: string, python: RegExp): string[] | undefined {
  if (line.length > LONGEST_LINE) return undefined;
  const dots = (text: string) => '·'.repeat(text.length);
  const bare = line
    .replace(/(['"`])((?:\\.|(?!\1)[^\\])*)(\1|$)/g, (_, open, text, close) => open + dots(text) + close)
    .replace(/\/\/.*$/, dots);
  const found = new RegExp(python, 'd').exec(bare);
  return found?.indices?.slice(1).map((place) => (place ? line.slice(...place) : ''));
}

/** A text with backticks of its own stands as it is, and they are not to be taken for our quotes. */
function code(text: string): string {
  return text.includes('`') ? `${text}, with the backticks: they belong to it` : `\`${text}\``;
}

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

/** Words and modules of Python's. */
const words: { readonly [name: string]: string } = {
  True: 'true',
  False: 'false',
  None: 'undefined',
  self: 'this',
  not: '!',
};

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
  const here = functions[slip.text];
  const call = here && callOf(slip.node);
  if (!call) return undefined;
  const argument = (call.arguments ?? []).map((each) => each.getText()).join(', ');
  return { sentence: `\`${slip.text}()\` is Python's. Here: ${quoted(here(argument, slip))}`, at: call };
}

function unknownWord({ text }: Slip): string | undefined {
  const here = Object.hasOwn(words, text) ? words[text] : undefined;
  return here && `\`${text}\` is Python's. Here: \`${here}\``;
}

function unknownModule(slip: Slip): Said | undefined {
  const access = slip.node.parent;
  const name = access?.getText() ?? '';
  const here = Object.hasOwn(modules, name) ? modules[name] : undefined;
  const call = here && callOf(access);
  if (!call) return undefined;
  const argument = (call.arguments ?? []).map((each) => each.getText()).join(', ');
  return { sentence: `\`${name}()\` is Python's. Here: ${quoted(here(argument, slip))}`, at: call };
}

export const pythonSlips: { readonly [name: string]: Rule } = {
  ...Object.fromEntries(ofLines),
  "Python's function": { codes: UNKNOWN_NAME, say: unknownFunction },
  "Python's word": { codes: UNKNOWN_NAME, say: unknownWord },
  "Python's module": { codes: UNKNOWN_NAME, say: unknownModule },
};
