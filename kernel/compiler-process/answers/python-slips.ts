// Python written in a cell of TypeScript, known by a line that no TypeScript has.

import { pythonNames } from './python-names';
import { conditionHere, parametersHere, valuesHere } from './python-words';
import type { Rule } from './slip';
import { codeAlone, hasOpenText, LONGEST_LINE } from './statement-at';

interface Line {
  readonly python: RegExp;
  /** What the same is here, of the parts that the expression found. */
  here(...parts: string[]): string;
  /** It is no code, but says what is to be done. */
  readonly isSaid?: true;
  /** A plain word of English, too: where a quote is missing, what is code and what is text cannot be told. */
  readonly isEnglish?: true;
}

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
    here: (module, names) => knownModule(module) ?? `\`import { ${names} } from '${moduleHere(module)}';\``,
    isSaid: true,
  },
  import: {
    python: /^import\s+([\w.]+)(?:\s+as\s+(\w+))?(?:\s*,\s*[\w.]+(?:\s+as\s+\w+)?)*;?$/,
    here: (module, name) => importHere(module, name),
    isSaid: true,
  },
  define: {
    // Behind the colon may stand a body.
    python: /^(async\s+)?def\s+(\w+)\s*\(((?:[^()]|\([^()]*\))*?)(?:\).*|:?)$/,
    here: (async, name, parameters) => `${async}function ${name}(${parametersHere(parameters)}) { … }`,
  },
  class: {
    python: /^class\s+(\w+)(?:\((\w*)\))?\s*:/,
    here: (name, base) => `class ${name}${base ? ` extends ${base}` : ''} { … }`,
  },
  countTo: {
    python: /^for\s+(\w+)\s+in\s+range\(\s*([^,()]+)\s*\)\s*[:{]/,
    here: (name, end) => `for (let ${name} = 0; ${name} < ${end}; ${name}++) { … }`,
  },
  countFromTo: {
    python: /^for\s+(\w+)\s+in\s+range\(\s*([^,()]+),\s*([^,()]+)\s*\)\s*[:{]/,
    here: (name, first, end) => `for (let ${name} = ${first}; ${name} < ${end}; ${name}++) { … }`,
  },
  forEach: {
    python: /^for\s+(?!\()(.+?)\s+in\s+(.+?)\s*[:{]/,
    here: (names, list) => `for (const ${names.includes(',') ? `[${names}]` : names} of ${list}) { … }`,
  },
  main: {
    python: /^if\s+__name__\s*==/,
    here: () => 'the lines alone, without this `if`: a child does not run the cells again',
    isSaid: true,
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
    isEnglish: true,
  },
  not: { python: /\bnot\s+(\w+)/, here: (name) => `!${valuesHere(name)}`, isEnglish: true },
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
  if (/^(?:parlab|multiprocessing)/.test(module)) return "`import { Process } from 'parlab';`";
  const from = module.includes('.') ? '…' : module;
  return knownModule(module) ?? `\`import * as ${name || module.replace(/.*\./, '')} from '${from}';\``;
}

function knownModule(module: string): string | undefined {
  return Object.hasOwn(imports, module) ? imports[module] : undefined;
}

function moduleHere(module: string): string {
  return /^(?:parlab|multiprocessing)/.test(module) ? 'parlab' : module;
}

/** One rule for each kind of line. */
const ofLines = Object.entries(lines).map(([name, { python, here, isSaid, isEnglish }]): [string, Rule] => [
  `python: ${name}`,
  {
    codes: 'syntax',
    say({ line, lineBefore, statement }) {
      const look = (code: string) => (isEnglish && hasOpenText(code) ? undefined : partsOf(code, python));
      const parts = look(line) ?? look(lineBefore) ?? look(statement);
      if (!parts) return undefined;
      const instead = here(...parts);
      const told = isSaid ? instead : code(name === 'comment' ? instead : valuesHere(instead));
      return { sentence: `That is Python. Here: ${told}`, isAlone: true };
    },
  },
]);

/** What the expression finds in the code of a line: texts and comments may say anything. */
function partsOf(line: string, python: RegExp): string[] | undefined {
  if (line.length > LONGEST_LINE) return undefined;
  const found = new RegExp(python, 'd').exec(codeAlone(line));
  return found?.indices?.slice(1).map((place) => (place ? line.slice(...place) : ''));
}

/** A text with backticks of its own stands as it is, and they are not to be taken for our quotes. */
function code(text: string): string {
  return text.includes('`') ? `${text}, with the backticks: they belong to it` : `\`${text}\``;
}

export const pythonSlips: { readonly [name: string]: Rule } = {
  ...Object.fromEntries(ofLines),
  ...pythonNames,
};
