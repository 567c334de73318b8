// The examples in the docstrings of the package: found in the declarations that users get, and turned into programs.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** Compiled tests lie in dist/test/support/docs. */
export const projectRoot = path.resolve(__dirname, '../../../..');
const declarations = path.join(projectRoot, 'src/dist');
/** What a program imports, and where that is declared. */
const entries = {
  parlab: path.join(declarations, 'index.d.ts'),
  'parlab/tutorial': path.join(declarations, 'tutorial/index.d.ts'),
} as const;
type Module = keyof typeof entries;

export interface Example {
  /** What it belongs to: `Lock`, or `Lock.acquire`. */
  of: string;
  /** Where that is declared, without the ending: `sync/lock`. */
  file: string;
  code: string;
}

export interface PublicNames {
  /** By the module that they are imported from. */
  all: { [module in Module]: string[] };
  /** Classes, functions and constants. */
  values: string[];
  errors: string[];
}

export const compilerOptions: ts.CompilerOptions = {
  ...ts.parseJsonConfigFileContent(
    ts.readConfigFile(path.join(projectRoot, 'tsconfig.json'), ts.sys.readFile).config,
    ts.sys,
    projectRoot,
  ).options,
  incremental: false,
  noEmitOnError: true,
};

export function readPackage(): { names: PublicNames; examples: Example[] } {
  const program = ts.createProgram(Object.values(entries), compilerOptions);
  const sources = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(declarations));
  return { names: publicNames(program), examples: sources.flatMap(examplesIn) };
}

/** The code of a page of docs/ as one example, from top to bottom; what it imports is there anyway. */
export function exampleOnPage(page: string): Example {
  const text = readFileSync(path.join(projectRoot, page), 'utf8');
  const blocks = [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code);
  const code = blocks.filter((block) => !block.startsWith('import ')).join('');
  return { of: page, file: page.replace(/\.md$/, ''), code };
}

function publicNames(program: ts.Program): PublicNames {
  const checker = program.getTypeChecker();
  const namesOf = (module: Module) =>
    checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(entries[module])!)!);
  const inLibrary = namesOf('parlab');
  // Some types have a name in both.
  const inTutorial = namesOf('parlab/tutorial').filter(
    ({ name }) => !inLibrary.some((other) => other.name === name),
  );
  const all = [...inLibrary, ...inTutorial];
  const values = all.filter((symbol) => isValue(checker, symbol));
  const isError = (symbol: ts.Symbol) =>
    checker.getPropertyOfType(checker.getDeclaredTypeOfSymbol(resolved(checker, symbol)), 'stack') !==
    undefined;
  return {
    all: {
      parlab: inLibrary.map(({ name }) => name),
      'parlab/tutorial': inTutorial.map(({ name }) => name),
    },
    values: values.filter((symbol) => !isError(symbol)).map(({ name }) => name),
    errors: values.filter(isError).map(({ name }) => name),
  };
}

/** Not what `export { type X }` gives, though X may be a class. */
function isValue(checker: ts.TypeChecker, symbol: ts.Symbol): boolean {
  const isTypeOnly = symbol.declarations?.some(
    (node) => ts.isExportSpecifier(node) && (node.isTypeOnly || node.parent.parent.isTypeOnly),
  );
  return !isTypeOnly && (resolved(checker, symbol).flags & ts.SymbolFlags.Value) !== 0;
}

function resolved(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function examplesIn(source: ts.SourceFile): Example[] {
  const file = path.relative(declarations, source.fileName).replace(/\.d\.ts$/, '');
  const found: Example[] = [];
  const visit = (node: ts.Node, owner: string): void => {
    const of = [owner, nameOf(node)].filter((part) => part !== '').join('.');
    const docs = ts.isStatement(node) || ts.isClassElement(node) ? ts.getJSDocCommentsAndTags(node) : [];
    for (const tag of docs.flatMap((doc) => (ts.isJSDoc(doc) && doc.tags) || [])) {
      const code = ts.getTextOfJSDocComment(tag.comment) ?? '';
      if (tag.tagName.text === 'example') found.push({ of, file, code });
    }
    ts.forEachChild(node, (child) => visit(child, of));
  };
  visit(source, '');
  return found;
}

function nameOf(node: ts.Node): string {
  if (ts.isVariableStatement(node)) return node.declarationList.declarations[0]?.name.getText() ?? '';
  const isNamed =
    ts.isClassDeclaration(node) || ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node);
  return isNamed ? (node.name?.getText() ?? '') : '';
}

const PRINTS = /\/\/ → (.*)$/;
const THROWS = /^(\s*)(.+;) *\/\/ throws (\w+)(?:: (.*))?$/;

/** What an example says that it prints; `…` stands for anything. */
export function expectedOutput({ code }: Example): RegExp {
  const lines = code.split('\n').flatMap((line) => {
    const [, , , error, sentence = '…'] = THROWS.exec(line) ?? [];
    return error === undefined ? (PRINTS.exec(line)?.[1] ?? []) : `${error}: ${sentence}`;
  });
  const text = lines.join('\n').replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return new RegExp(`^${text.replaceAll('…', '[^]*')}$`);
}

/** Stands in the output before what each example prints. */
export const SEPARATOR = '\u001e';

/** One program that runs the examples one after the other. */
export function programOf(examples: readonly Example[], names: PublicNames['all']): string {
  const bodies = examples.map(({ of, code }) => {
    const lines = code.split('\n').map((line) => {
      const [, indent, statement] = THROWS.exec(line) ?? [];
      return statement === undefined ? line : `${indent}await catching(async () => { ${statement} });`;
    });
    return `  async () => { // ${of}\n${lines.join('\n')}\n  },`;
  });
  const code = bodies.join('\n');
  const isUsed = (name: string) => name !== 'Array' && new RegExp(`\\b${name}\\b`).test(code);
  const imports = Object.entries(names).map(
    ([module, each]) => `import { ${each.filter(isUsed).join(', ')} } from '${module}';`,
  );
  return `${imports.join('\n')}

async function catching(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    const { constructor, message } = error as Error;
    console.log(\`\${constructor.name}: \${message}\`);
    return;
  }
  console.log('nothing was thrown');
}

const examples: (() => Promise<void>)[] = [
${code}
];

async function run(): Promise<void> {
  for (const example of examples) {
    process.stdout.write('${SEPARATOR}');
    await example().catch((error) => console.log('uncaught', error));
  }
}

void run();
`;
}
