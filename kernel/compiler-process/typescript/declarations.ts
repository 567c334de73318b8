// What earlier cells declared, as TypeScript declarations: the scope in which the next cell is checked.
//
// A name that is declared again replaces the older declaration, as it does when the cells run. Kept as one
// text a name, and in two parts, so that adding a cell costs what that cell declares and not what the
// notebook holds.

import ts from 'typescript';
import type { Declaration, Meaning, Memory } from '../../conversations/memory';
import { isAugmentation, partsOf } from './augmentations';

/** Variables that may become anything later, and such as have a value by the end of their cell. */
export type Evolving = ReadonlyMap<string, 'any' | 'present'>;

// As many recent declarations as may be read again with every cell.
const RECENT = 60;

/**
 * The declarations of all cells so far, in two texts: the recent ones are read with every cell, the settled
 * ones only when they change. Recent ones see the settled ones, never the other way round.
 */
export class Declarations {
  #settled = new DeclarationList();
  #recent = new DeclarationList();

  /** As the text of a `.d.ts` file. */
  get settled(): string {
    return this.#settled.text;
  }

  /** As the text of a `.d.ts` file. */
  get recent(): string {
    return this.#recent.text;
  }

  /**
   * Takes in what a cell declares, given as the compiler's `.d.ts` of that cell. `evolving`: its variables
   * whose type is another one later.
   */
  add(emitted: string, evolving: Evolving = new Map()): void {
    const added = split(emitted, evolving);
    if (added.length === 0) return;
    const taken = new Map<string, Set<Meaning>>();
    for (const { name, meanings } of added) {
      const known = taken.get(name) ?? new Set();
      for (const meaning of meanings) known.add(meaning);
      taken.set(name, known);
    }
    const settled = this.#settled.without(taken);
    const recent = this.#recent.without(taken).with(added);
    // A settled name that is declared anew stays settled: settled declarations may speak of it.
    if (settled !== this.#settled || recent.size > RECENT) {
      this.#settled = settled.with(recent.declarations);
      this.#recent = new DeclarationList();
    } else {
      this.#recent = recent;
    }
  }

  withdraw(names: readonly string[]): void {
    const taken = new Map(names.map((name) => [name, new Set<Meaning>(['value', 'type', 'namespace'])]));
    this.#settled = this.#settled.without(taken);
    this.#recent = this.#recent.without(taken);
  }

  /**
   * The type of a variable as TypeScript writes it; undefined if nothing of that name has a type of its own.
   */
  typeOf(name: string): string | undefined {
    const declarations = [...this.#settled.declarations, ...this.#recent.declarations];
    const declaration = declarations.findLast(
      (each) => each.name === name && each.meanings.includes('value'),
    );
    return declaration && typeIn(declaration);
  }

  /** Takes back, when it is called, all that is added and withdrawn from now on. */
  undo(): () => void {
    const [settled, recent] = [this.#settled, this.#recent];
    return () => {
      this.#settled = settled;
      this.#recent = recent;
    };
  }

  get all(): Omit<Memory, 'names'> {
    return { settled: this.#settled.declarations, recent: this.#recent.declarations };
  }

  /** Takes these in place of its own. */
  replace({ settled, recent }: Omit<Memory, 'names'>): void {
    this.#settled = new DeclarationList(settled);
    this.#recent = new DeclarationList(recent);
  }
}

class DeclarationList {
  readonly declarations: readonly Declaration[];
  #text: string | undefined;

  constructor(declarations: readonly Declaration[] = []) {
    this.declarations = declarations;
  }

  get size(): number {
    return this.declarations.length;
  }

  get text(): string {
    this.#text ??= this.declarations.map(({ text }) => text).join('\n');
    return this.#text;
  }

  with(added: readonly Declaration[]): DeclarationList {
    return new DeclarationList([...this.declarations, ...added]);
  }

  /** This list itself if nothing of it is taken. */
  without(taken: ReadonlyMap<string, ReadonlySet<Meaning>>): DeclarationList {
    if (!this.declarations.some(({ name }) => taken.has(name))) return this;
    const kept = this.declarations.flatMap((each) => remainder(each, taken.get(each.name)));
    return new DeclarationList(kept);
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

function split(emitted: string, evolving: Evolving): Declaration[] {
  const file = ts.createSourceFile('cell.d.ts', emitted, ts.ScriptTarget.Latest, true);
  return file.statements.flatMap((statement) => declarationsOf(statement, file, evolving));
}

function declarationsOf(statement: ts.Statement, file: ts.SourceFile, evolving: Evolving): Declaration[] {
  const whole = (name: string, ...meanings: Meaning[]): Declaration[] => [
    { name, meanings, text: statement.getFullText(file).trimStart() },
  ];
  if (ts.isExportDeclaration(statement)) return [];
  if (ts.isVariableStatement(statement)) return variables(statement, file, evolving);
  if (ts.isImportDeclaration(statement)) return imports(statement, file);
  if (ts.isFunctionDeclaration(statement)) return whole(nameOf(statement), 'value');
  if (ts.isClassDeclaration(statement) || ts.isEnumDeclaration(statement)) {
    return whole(nameOf(statement), 'value', 'type');
  }
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
    return whole(nameOf(statement), 'type');
  }
  if (ts.isModuleDeclaration(statement)) {
    if (isAugmentation(statement)) {
      return partsOf(statement, file).map(({ key, text }) => ({ name: key, meanings: ['namespace'], text }));
    }
    return whole(statement.name.getText(file), 'value', 'namespace');
  }
  // `import A = N.B`.
  if (ts.isImportEqualsDeclaration(statement)) return whole(nameOf(statement), 'value', 'type', 'namespace');
  // Whatever a later TypeScript adds.
  return whole(statement.getText(file), 'value', 'type', 'namespace');
}

function typeIn({ name, text }: Declaration): string | undefined {
  const file = ts.createSourceFile('declaration.d.ts', text, ts.ScriptTarget.Latest, true);
  const statement = file.statements.at(-1);
  if (statement && ts.isClassDeclaration(statement)) return `typeof ${name}`;
  if (statement && ts.isFunctionDeclaration(statement)) {
    const parameters = statement.parameters.map((each) => each.getText(file)).join(', ');
    return `(${parameters}) => ${statement.type?.getText(file) ?? 'void'}`;
  }
  if (!statement || !ts.isVariableStatement(statement)) return undefined;
  return statement.declarationList.declarations[0]?.type?.getText(file);
}

function nameOf(declaration: ts.DeclarationStatement): string {
  return declaration.name?.text ?? '';
}

function variables(statement: ts.VariableStatement, file: ts.SourceFile, evolving: Evolving): Declaration[] {
  const list = statement.declarationList;
  const documentation = ts.getJSDocCommentsAndTags(statement).filter(ts.isJSDoc);
  const before = documentation.map((comment) => `${comment.getText(file)}\n`).join('');
  const kind = list.flags & ts.NodeFlags.Const ? 'const' : list.flags & ts.NodeFlags.Let ? 'let' : 'var';
  return list.declarations.map((declaration) => {
    const name = declaration.name.getText(file);
    const late = evolving.get(name);
    const type = late === 'any' ? 'any' : late && `NonNullable<${declaration.type?.getText(file)}>`;
    const declared = type ? `${name}: ${type}` : declaration.getText(file);
    return { name, meanings: ['value'], text: `${before}declare ${kind} ${declared};` };
  });
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
