// @ts-check
// A notebook as one TypeScript file that `parlab run` runs: the texts are comments, and what may stand in a notebook but not in a
// file is arranged. A pure function.
import ts from 'typescript';

/**
 * @typedef {import('./slides.mjs').Cell} Cell
 * @typedef {{ names: string[], imports: Map<string, Set<string>>, code: string }} Part
 */

/** What shows a trace; a notebook always keeps one, a program begins it. */
const SHOWS_TRACE = /\b(timeline|processPicture|readTrace)\(/;

/** A notebook has it without an import. */
const SHOWS = /(?<![.\w])display\(/;

/** @param {Cell} cell */
function sourceOf(cell) {
  return [cell.source].flat().join('');
}

/**
 * Whether later cells speak of what it declares: then it cannot be left out.
 * @param {string} source
 * @param {readonly Cell[]} later
 */
function isUsed(source, later) {
  const { names } = take(source);
  const code = later
    .filter(({ cell_type }) => cell_type === 'code')
    .map(sourceOf)
    .join('\n');
  return names.some((name) => new RegExp(`(?<![.\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`).test(code));
}

/**
 * Of a cell that fails, or whose child does: what it declares stays, and whatever else it does is tried.
 * @param {string} source
 */
function goingOn(source) {
  const file = ts.createSourceFile('cell.ts', source, ts.ScriptTarget.Latest, true);
  const lines = file.statements.map((statement) =>
    ts.isExpressionStatement(statement)
      ? `try {\n  ${statement.getText()}\n} catch (error) {\n  console.log(String(error));\n}`
      : statement.getText(),
  );
  return lines.join('\n');
}

/** @param {string} text */
function commented(text) {
  return text
    .split('\n')
    .map((line) => `// ${line}`.trimEnd())
    .join('\n');
}

/**
 * Imports are gathered at the top. A cell that declares a name again opens a block, in which the new one hides the old.
 * @param {readonly Cell[]} cells
 */
export function scriptOf(cells) {
  /** @type {Map<string, Set<string>>} */
  const imports = new Map();
  /** @type {string[]} */
  const parts = [];
  let seen = new Set();
  let open = 0;
  let traced = false;
  for (const [at, cell] of cells.entries()) {
    const source = sourceOf(cell);
    if (cell.cell_type !== 'code') {
      parts.push(commented(source));
      continue;
    }
    const fails = cell.metadata.tags?.includes('raises-exception') === true;
    if (fails && !isUsed(source, cells.slice(at + 1))) {
      parts.push(`// This fails, and shall:\n${commented(source)}`);
      continue;
    }
    if (SHOWS_TRACE.test(source)) traced = true;
    const part = take(fails ? goingOn(source) : source);
    for (const [module, names] of part.imports)
      imports.set(module, new Set([...(imports.get(module) ?? []), ...names]));
    if (part.names.some((name) => seen.has(name))) {
      parts.push('{');
      open += 1;
      seen = new Set();
    }
    for (const name of part.names) seen.add(name);
    parts.push(part.code);
  }
  if (cells.some((cell) => cell.cell_type === 'code' && SHOWS.test(sourceOf(cell))))
    parts.unshift('const display = (..._shown: unknown[]) => {}; // Pictures are for notebooks.');
  if (traced) {
    imports.set('parlab', new Set([...(imports.get('parlab') ?? []), 'startTrace']));
    parts.unshift('startTrace();');
  }
  const top = [...imports].map(([module, names]) => {
    // What one cell imports as a type and another as a value is a value.
    const once = [...names].filter((name) => !names.has(name.replace(/^type /, '')) || !/^type /.test(name));
    return once.length === 0
      ? `import '${module}';`
      : `import { ${once.sort().join(', ')} } from '${module}';`;
  });
  return `${[...top, ...parts, '}'.repeat(open)].filter((part) => part.trim() !== '').join('\n\n')}\n`;
}

/**
 * @param {string} source of a cell
 * @returns {Part}
 */
function take(source) {
  const file = ts.createSourceFile('cell.ts', source, ts.ScriptTarget.Latest, true);
  /** @type {Map<string, Set<string>>} */
  const imports = new Map();
  /** @type {string[]} */
  const names = [];
  /** @type {ts.Statement[]} */
  const taken = [];
  for (const statement of file.statements) {
    const named = gathered(statement);
    if (named) {
      imports.set(named.module, new Set([...(imports.get(named.module) ?? []), ...named.names]));
      taken.push(statement);
    } else names.push(...declared(statement));
  }
  let code = ended(source, file.statements.at(-1));
  for (const statement of taken.reverse())
    code = code.slice(0, statement.getStart()) + code.slice(statement.getEnd());
  return { names, imports, code: code.trim() };
}

/**
 * Without a semicolon, a bracket at the beginning of the next cell would belong to this one's last statement.
 * @param {string} source
 * @param {ts.Statement | undefined} last
 */
function ended(source, last) {
  if (
    !last ||
    last.getText().endsWith(';') ||
    !(ts.isExpressionStatement(last) || ts.isVariableStatement(last))
  )
    return source;
  return `${source.slice(0, last.getEnd())};${source.slice(last.getEnd())}`;
}

/**
 * What `import { … } from '…'` names; undefined for any other statement.
 * @param {ts.Statement} statement
 */
function gathered(statement) {
  if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return undefined;
  const bindings = statement.importClause?.namedBindings;
  if (statement.importClause?.name || (bindings && !ts.isNamedImports(bindings))) return undefined;
  const typeOnly = statement.importClause?.isTypeOnly ? 'type ' : '';
  return {
    module: statement.moduleSpecifier.text,
    names: bindings?.elements.map((element) => typeOnly + element.getText()) ?? [],
  };
}

/**
 * @param {ts.Statement} statement
 * @returns {string[]}
 */
function declared(statement) {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => bound(name));
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))
    return statement.name ? [statement.name.text] : [];
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement))
    return [statement.name.text];
  return [];
}

/**
 * @param {ts.BindingName} name
 * @returns {string[]}
 */
function bound(name) {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : bound(element.name)));
}
