// What earlier cells declared, as TypeScript declarations: the scope in which the next cell is checked.
//
// A name that is declared again replaces the older declaration, as it does when the cells run. Kept as one text a
// name, so that adding a cell costs what that cell declares and not what the notebook holds.

import ts from 'typescript';

type Meaning = 'value' | 'type' | 'namespace';

interface Declaration {
  readonly name: string;
  readonly meanings: readonly Meaning[];
  readonly text: string;
}

/** The declarations of all cells so far. */
export class Declarations {
  #declared: Declaration[] = [];
  #text: string | undefined = '';

  /** As the text of a `.d.ts` file. */
  get text(): string {
    this.#text ??= this.#declared.map(({ text }) => text).join('\n');
    return this.#text;
  }

  /** Takes in what a cell declares, given as the compiler's `.d.ts` of that cell. */
  add(emitted: string): void {
    const added = split(emitted);
    if (added.length === 0) return;
    const taken = new Map<string, Set<Meaning>>();
    for (const { name, meanings } of added) {
      const known = taken.get(name) ?? new Set();
      for (const meaning of meanings) known.add(meaning);
      taken.set(name, known);
    }
    const kept = this.#declared.flatMap((declaration) => remainder(declaration, taken.get(declaration.name)));
    this.#declared = [...kept, ...added];
    this.#text = undefined;
  }

  clear(): void {
    this.#declared = [];
    this.#text = '';
  }
}

function remainder(declaration: Declaration, taken: ReadonlySet<Meaning> | undefined): Declaration[] {
  if (!taken || !declaration.meanings.some((meaning) => taken.has(meaning))) return [declaration];
  // The value of `class A` outlives a later `interface A`, but its type is gone.
  const loses = declaration.meanings.includes('value') && !taken.has('value');
  return loses
    ? [{ name: declaration.name, meanings: ['value'], text: `declare let ${declaration.name}: any;` }]
    : [];
}

function split(emitted: string): Declaration[] {
  const file = ts.createSourceFile('cell.d.ts', emitted, ts.ScriptTarget.Latest, true);
  return file.statements.flatMap((statement) => declarationsOf(statement, file));
}

function declarationsOf(statement: ts.Statement, file: ts.SourceFile): Declaration[] {
  const whole = (name: string, ...meanings: Meaning[]): Declaration[] => [
    { name, meanings, text: statement.getFullText(file).trimStart() },
  ];
  if (ts.isExportDeclaration(statement)) return [];
  if (ts.isVariableStatement(statement)) return variables(statement, file);
  if (ts.isImportDeclaration(statement)) return imports(statement, file);
  if (ts.isFunctionDeclaration(statement)) return whole(nameOf(statement), 'value');
  if (ts.isClassDeclaration(statement) || ts.isEnumDeclaration(statement)) {
    return whole(nameOf(statement), 'value', 'type');
  }
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
    return whole(nameOf(statement), 'type');
  }
  if (ts.isModuleDeclaration(statement)) return whole(statement.name.getText(file), 'value', 'namespace');
  // `import A = N.B`, and whatever a later TypeScript adds.
  return whole(statement.getText(file), 'value', 'type', 'namespace');
}

function nameOf(declaration: ts.DeclarationStatement): string {
  return declaration.name?.text ?? '';
}

function variables(statement: ts.VariableStatement, file: ts.SourceFile): Declaration[] {
  const list = statement.declarationList;
  const documentation = ts.getJSDocCommentsAndTags(statement).filter(ts.isJSDoc);
  const before = documentation.map((comment) => `${comment.getText(file)}\n`).join('');
  const kind = list.flags & ts.NodeFlags.Const ? 'const' : list.flags & ts.NodeFlags.Let ? 'let' : 'var';
  return list.declarations.map((declaration) => ({
    name: declaration.name.getText(file),
    meanings: ['value'],
    text: `${before}declare ${kind} ${declaration.getText(file)};`,
  }));
}

// One declaration a name, so that a later cell can replace a single one of them.
function imports(statement: ts.ImportDeclaration, file: ts.SourceFile): Declaration[] {
  const clause = statement.importClause;
  if (!clause) return [];
  const from = `from ${statement.moduleSpecifier.getText(file)}${statement.attributes?.getText(file) ?? ''};`;
  const keyword = clause.phaseModifier === ts.SyntaxKind.TypeKeyword ? 'import type' : 'import';
  const declare = (name: ts.Identifier, binding: string): Declaration => ({
    name: name.text,
    meanings: ['value', 'type', 'namespace'],
    text: `${keyword} ${binding} ${from}`,
  });
  const found = clause.name ? [declare(clause.name, clause.name.text)] : [];
  const bindings = clause.namedBindings;
  if (!bindings) return found;
  if (ts.isNamespaceImport(bindings)) return [...found, declare(bindings.name, bindings.getText(file))];
  return [...found, ...bindings.elements.map((each) => declare(each.name, `{ ${each.getText(file)} }`))];
}
