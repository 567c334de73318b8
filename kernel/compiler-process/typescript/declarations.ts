// What earlier cells declared, as TypeScript declarations: the scope in which the next cell is checked.
//
// A name that is declared again replaces the older declaration, as it does when the cells run; what others
// speak of lives on under another name. Kept as one text a name, and in two parts, so that adding a cell
// costs what that cell declares and not what the notebook holds.

import ts from 'typescript';
import type { Declaration, Meaning, Memory } from '../../conversations/memory';
import { globalNames } from './augmentations';
import { nameBefore, renamed, speaksOf, spokenOf } from './set-aside';
import { type Evolving, split } from './split-declarations';
import { shadowed } from './unnamed-types';

type Taken = ReadonlyMap<string, ReadonlySet<Meaning>>;

/** Maps old names to new ones. */
type NewNames = ReadonlyMap<string, string>;

const printer = ts.createPrinter({ removeComments: true });

// How many recent declarations may be read again with every cell.
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
    const emittedByCell = split(emitted, evolving);
    if (emittedByCell.length === 0) return;
    const taken = new Map<string, Set<Meaning>>();
    for (const { name, meanings } of emittedByCell) {
      const known = taken.get(name) ?? new Set();
      for (const meaning of meanings) known.add(meaning);
      taken.set(name, known);
    }
    const before = [...this.#settled.declarations, ...this.#recent.declarations];
    const outdated = outdatedNames(before, emittedByCell, taken);
    const added = emittedByCell.map((each) => ({ ...each, text: unshadowed(each.text, taken, outdated) }));
    if (outdated.size > 0) {
      this.#settle([...setAside(before, outdated, taken), ...added]);
      return;
    }
    const settled = this.#settled.without(taken);
    const recent = this.#recent.without(taken).with(added);
    const spoken = spokenOf([...settled.declarations, ...recent.declarations]);
    // A settled name that is declared anew stays settled: settled declarations may speak of it.
    if (settled !== this.#settled || recent.size > RECENT || spoken.length < settled.size + recent.size) {
      this.#settle(spoken);
    } else {
      this.#recent = recent;
    }
  }

  #settle(declarations: readonly Declaration[]): void {
    this.#settled = new DeclarationList(spokenOf(declarations));
    this.#recent = new DeclarationList();
  }

  /** Withdraws declarations for a cell that adds these to the global scope or to modules, by their keys. */
  withdraw(keys: readonly string[]): void {
    if (keys.length === 0) return;
    const added = new Set(keys);
    // An `interface Array` that was a new one is corrected by `declare global { interface Array … }`.
    const globals = new Set(globalNames(keys));
    const stays = ({ name, meanings }: Declaration): boolean =>
      !added.has(name) && !(globals.has(name) && meanings.every((meaning) => meaning === 'type'));
    this.#settled = this.#settled.filter(stays);
    this.#recent = this.#recent.filter(stays);
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

  get all(): Pick<Memory, 'settled' | 'recent'> {
    return { settled: this.#settled.declarations, recent: this.#recent.declarations };
  }

  /** Takes these in place of its own. */
  replace({ settled, recent }: Pick<Memory, 'settled' | 'recent'>): void {
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

  /** This list itself if all stay. */
  filter(stays: (declaration: Declaration) => boolean): DeclarationList {
    return this.declarations.every(stays) ? this : new DeclarationList(this.declarations.filter(stays));
  }

  /** This list itself if nothing of it is taken. */
  without(taken: Taken): DeclarationList {
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

/**
 * Returns the names that others speak of, and that now mean something else, with the names for what they have
 * meant.
 */
function outdatedNames(
  before: readonly Declaration[],
  added: readonly Declaration[],
  taken: Taken,
): NewNames {
  const all = before.filter(({ name }) => taken.has(name));
  const kept = new Set(all.flatMap((each) => (isTaken(each, taken) ? [] : [each.name])));
  const old = all.filter(({ name }) => !kept.has(name));
  const textOf = (name: string, of: readonly Declaration[]) =>
    of.map((each) => (each.name === name ? withoutComments(each.text) : '')).join('');
  const changed = new Set<string>();
  for (let size = -1; size < changed.size; ) {
    size = changed.size;
    for (const { name, text } of old) {
      const speaksOfChanged = [...changed].some((each) => speaksOf(text, each));
      if (speaksOfChanged || textOf(name, old) !== textOf(name, added)) changed.add(name);
    }
  }
  const others = before.filter((each) => !changed.has(each.name) && !isTaken(each, taken));
  const names = new Set(before.map(({ name }) => name));
  const isSpokenOf = (name: string) =>
    others.some(({ text }) => speaksOf(text, name)) ||
    added.some(({ text }) => text.includes(shadowed(name)));
  // One of these declarations may speak of others of them.
  if (![...changed].some(isSpokenOf)) return new Map();
  return new Map([...changed].map((name) => [name, nameBefore(name, (each) => names.has(each))]));
}

/** What the cell itself takes from the earlier one. */
function unshadowed(text: string, taken: Taken, names: NewNames): string {
  if (!text.includes(shadowed(''))) return text;
  return [...taken.keys()].reduce(
    (result, name) => result.replaceAll(shadowed(name), names.get(name) ?? name),
    text,
  );
}

function setAside(before: readonly Declaration[], names: NewNames, taken: Taken): Declaration[] {
  const values = before.flatMap((each): Declaration[] => {
    const instead = names.get(each.name);
    const isLeft = instead && each.meanings.includes('value') && !taken.get(each.name)?.has('value');
    // The value of `class A` outlives a later `interface A`.
    const text = `declare const ${each.name}: typeof ${instead};`;
    return isLeft ? [{ name: each.name, meanings: ['value'], text }] : [];
  });
  return [...renamed(before, names).flatMap((each) => remainder(each, taken.get(each.name))), ...values];
}

function isTaken({ name, meanings }: Declaration, taken: Taken): boolean {
  return meanings.some((meaning) => taken.get(name)?.has(meaning));
}

function withoutComments(text: string): string {
  const file = ts.createSourceFile('declaration.d.ts', text, ts.ScriptTarget.Latest);
  return printer.printFile(file);
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
