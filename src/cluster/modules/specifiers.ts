// Which modules a text of JavaScript names, and where it does.
import { type Node, type Options, parse } from 'acorn';
import { simple } from 'acorn-walk';

export interface Specifier {
  readonly text: string;
  /** Of the literal, with its quotes. */
  readonly start: number;
  readonly end: number;
}

type Literal = Node & { type: string; value?: unknown };

/** Those that are written as they are; a name that is put together nobody knows before. */
export function specifiersIn(text: string, isModule: boolean): Specifier[] {
  const found: Specifier[] = [];
  const add = (source: Literal | null | undefined) => {
    if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
    found.push({ text: source.value, start: source.start, end: source.end });
  };
  const options: Options = {
    ecmaVersion: 'latest',
    sourceType: isModule ? 'module' : 'script',
    allowReturnOutsideFunction: true,
    allowHashBang: true,
  };
  let program: Node;
  try {
    program = parse(text, options);
  } catch {
    return found; // Syntax that is newer than the parser.
  }
  simple(program, {
    ImportDeclaration: ({ source }) => add(source),
    ExportNamedDeclaration: ({ source }) => add(source),
    ExportAllDeclaration: ({ source }) => add(source),
    ImportExpression: ({ source }) => add(source),
    CallExpression: ({ callee, arguments: [first] }) => {
      if (isRequire(callee)) add(first);
    },
  });
  return found;
}

/** `require(…)` and `require.resolve(…)`. */
function isRequire(callee: Node & { type: string; name?: string; object?: Node }): boolean {
  const named = callee.type === 'MemberExpression' ? callee.object : callee;
  return (named as { type?: string; name?: string } | undefined)?.name === 'require';
}

/** The text, with other names in these places. */
export function replaced(text: string, changes: readonly { specifier: Specifier; by: string }[]): string {
  let result = text;
  for (const { specifier, by } of [...changes].sort((a, b) => b.specifier.start - a.specifier.start)) {
    result = result.slice(0, specifier.start) + JSON.stringify(by) + result.slice(specifier.end);
  }
  return result;
}
