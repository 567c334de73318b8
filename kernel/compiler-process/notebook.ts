// The TypeScript of one notebook: what its cells have declared so far, and the compiler that knows it.

import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Converter } from 'tslab/dist/converter';
import type ts from 'typescript';
import type { LocalModule } from '../conversations/cell-program';
import type {
  CellOptions,
  Cells,
  CommandLines,
  Completeness,
  Completions,
  Conversion,
  Inspection,
} from '../conversations/cells';
import type { Memory } from '../conversations/memory';
import { globalNames } from '../conversations/notebook-globals';
import { projectStamp } from '../local-modules/project';
import { ToldFaults } from '../local-modules/told-faults';
import { commandLines } from './answers/command-lines';
import { completenessOf } from './answers/completeness';
import { completionsOf, namesToImport, writtenBefore } from './answers/completion';
import { describe } from './answers/diagnostics';
import { afterImport, inspectionOf, nameAt } from './answers/inspection';
import { moduleCompletions, specifierAt } from './answers/module-completion';
import { type Asks, inPlainWords } from './answers/slips';
import { linkExpression } from './link/expression';
import { link } from './link/linker';
import type { ModuleLoading } from './link/rewriting';
import { composeSourceMap } from './link/source-map';
import { asStatements } from './typescript/as-statements';
import { augmentedBy } from './typescript/augmentations';
import { CELL_FILE, Compiler } from './typescript/compiler';
import { Declarations } from './typescript/declarations';
import { declaredNames } from './typescript/declared-names';
import type { Emission } from './typescript/emission';
import { RESULT_NAME } from './typescript/last-expression';
import { loadTslab, type TslabConverter } from './typescript/load-tslab';
import { referenceLines } from './typescript/references';
import { withExports } from './typescript/with-exports';

// The line that tslab puts before a cell.
const LINE_BEFORE = 'export {};\n';

export class Notebook implements Cells {
  readonly #directory: string;
  readonly #declarations = new Declarations();
  readonly #names = new Set<string>([RESULT_NAME, ...globalNames]);
  readonly #references = new Set<string>();
  readonly #toldFaults: ToldFaults;
  #compiler: Compiler;
  #projectStamp: string;
  #tslab: TslabConverter;
  #converter: Converter;
  #unfinished: (() => void) | undefined;
  #undo: (() => void) | undefined;

  constructor(directory: string) {
    this.#directory = directory;
    this.#toldFaults = new ToldFaults(directory);
    this.#projectStamp = projectStamp(directory);
    this.#compiler = new Compiler(directory);
    this.#tslab = loadTslab(this.#compiler.forTslab);
    this.#converter = this.#tslab.createConverter();
  }

  convert(code: string, { cell, unmade = [] }: CellOptions): Conversion {
    const url = typeof cell === 'number' ? `Cell ${cell}` : cell;
    const source = asStatements(code);
    this.finish();
    this.#undo = undefined;
    const undoDeclarations = this.#declarations.undo();
    // What it adds to the global scope anew must not contradict what it has added before.
    this.#declarations.withdraw(augmentedBy(source));
    this.#guarded(source, (converter) => {
      const exporting = withExports(source, this.#compiler.options);
      return converter.convert(this.#declarations.recent, exporting);
    });
    const { diagnostics, emission } = this.#compiler;
    const written = { code, fileName: this.#cellFile, offset: LINE_BEFORE.length };
    const described = (found: readonly ts.Diagnostic[]) =>
      found.map((each) => describe(each, written, this.#directory));
    if (diagnostics.length > 0) {
      undoDeclarations();
      return {
        ok: false,
        diagnostics: described(inPlainWords(diagnostics, { ...this.#asks, unmade })),
        declares: declaredNames(code),
      };
    }
    for (const line of referenceLines(source)) this.#references.add(line);
    const compiled = withoutMapAddress(emission.javascript);
    const linked = link(compiled, this.#names, this.#modules);
    const newNames = linked.names.filter((name) => !this.#names.has(name));
    for (const name of linked.names) this.#names.add(name);
    this.#undo = () => {
      this.#unfinished = undefined;
      undoDeclarations();
      for (const name of newNames) this.#names.delete(name);
    };
    this.#unfinished = () => this.#declare(emission, linked.names);
    const faults = code === '' ? [] : this.#toldFaults.next(this.#projectStamp);
    return {
      ok: true,
      warnings: described([...faults, ...this.#compiler.warnings]),
      program: {
        url,
        javascript: linked.javascript,
        sourceMap: composeSourceMap({ linked: linked.sourceMap, compiled: emission.sourceMap, url, code }),
        isAsync: linked.isAsync,
        ...(emission.hasResult && { resultName: RESULT_NAME }),
        declares: linked.names,
        uses: linked.uses,
        modules: this.#localModules(),
      },
    };
  }

  takeBack(): void {
    this.#undo?.();
    this.#undo = undefined;
  }

  complete(code: string, cursor: number): Completions {
    const source = asStatements(code);
    return this.#guarded(source, (converter) => {
      const found = converter.complete(this.#declarations.recent, source, cursor);
      const specifier = specifierAt(source, cursor);
      if (specifier) return moduleCompletions(specifier, found, this.#compiler.modulesOnDemand);
      const toImport = namesToImport(source, cursor, (written) => this.#compiler.importable(written));
      if (toImport) return toImport;
      const written = writtenBefore(source, cursor);
      return completionsOf(
        found,
        written,
        (entry) => this.#compiler.signatureOf(entry),
        () => this.#compiler.importable(written),
      );
    });
  }

  inspect(code: string, cursor: number, detail: 0 | 1 = 0): Inspection | undefined {
    const source = asStatements(code);
    const known = inspectionOf(this.#quickInfo(source, cursor), detail);
    if (known) return known;
    // What the completer offers to import can be asked about before it is imported.
    const [statement] = this.#compiler.importsOf(nameAt(source, cursor));
    if (statement === undefined) return undefined;
    const importing = `${statement};\n`;
    const found = inspectionOf(this.#quickInfo(importing + source, importing.length + cursor), detail);
    return found && afterImport(found, statement);
  }

  #quickInfo(source: string, cursor: number): ts.QuickInfo | undefined {
    return this.#guarded(source, (converter) => converter.inspect(this.#declarations.recent, source, cursor));
  }

  commandLines(code: string): CommandLines {
    return commandLines(code, (name) => this.#names.has(name) || name in globalThis);
  }

  isComplete(code: string): Completeness {
    return completenessOf(code, this.#tslab.isCompleteCode);
  }

  expression(code: string, hidden: ReadonlySet<string>): string {
    const names = new Set([...this.#names].filter((name) => !hidden.has(name)));
    return linkExpression(code, names, this.#modules);
  }

  declare(name: string): void {
    this.finish();
    this.#undo = undefined;
    this.#declarations.add(anything(name));
    this.#names.add(name);
  }

  typeOf(name: string): string | undefined {
    this.finish();
    return this.#declarations.typeOf(name);
  }

  finish(): void {
    const finish = this.#unfinished;
    this.#unfinished = undefined;
    finish?.();
  }

  forget(): void {
    this.recall({
      settled: [],
      recent: [],
      references: [],
      names: [RESULT_NAME, ...globalNames],
      toldFaultsOf: '',
    });
  }

  remember(): Memory {
    this.finish();
    return {
      ...this.#declarations.all,
      references: [...this.#references],
      names: [...this.#names],
      toldFaultsOf: this.#toldFaults.stamp,
    };
  }

  recall(memory: Memory): void {
    this.#unfinished = undefined;
    this.#undo = undefined;
    this.#toldFaults.stamp = memory.toldFaultsOf;
    this.#declarations.replace(memory);
    this.#references.clear();
    for (const reference of memory.references) this.#references.add(reference);
    this.#names.clear();
    for (const name of memory.names) this.#names.add(name);
  }

  close(): void {
    this.#converter.close();
  }

  #guarded<T>(source: string, use: (converter: Converter) => T): T {
    this.finish();
    if (this.#projectStamp !== projectStamp(this.#directory)) this.#renewCompiler();
    try {
      this.#compiler.refresh(
        this.#declarations.settled,
        new Set([...this.#references, ...referenceLines(source)]),
      );
      return use(this.#converter);
    } catch (error) {
      this.#renewCompiler();
      throw error;
    }
  }

  /** The names of a cell that runs already: where the compiler fails, they are known all the same. */
  #declare(emission: Emission, names: readonly string[]): void {
    try {
      this.#declarations.add(emission.declarations(), emission.evolving());
    } catch {
      this.#renewCompiler();
      this.#declarations.add(names.map(anything).join('\n'));
    }
  }

  /** After the compiler itself has failed, or the project's settings have changed. */
  #renewCompiler(): void {
    this.#projectStamp = projectStamp(this.#directory);
    this.#compiler = new Compiler(this.#directory);
    this.#tslab = loadTslab(this.#compiler.forTslab);
    this.#converter = this.#tslab.createConverter();
  }

  readonly #asks: Omit<Asks, 'unmade'> = {
    importsOf: (name) => this.#compiler.importsOf(name),
    typeOf: (node) => this.#compiler.about?.typeOf(node) ?? '',
    membersOf: (node) => this.#compiler.about?.membersOf(node) ?? [],
    isDisposedLater: (node) => this.#compiler.about?.isDisposedLater(node) ?? false,
    isOwnNamespace: (node) => this.#compiler.about?.isOwnNamespace(node) ?? false,
    textFor: (node) => this.#compiler.about?.textFor(node) ?? 'none',
    parametersOf: (call) => this.#compiler.about?.parametersOf(call) ?? [],
    ownGlobals: () => this.#compiler.ownGlobals,
  };

  get #cellFile(): string {
    return join(this.#directory, CELL_FILE).replaceAll('\\', '/');
  }

  get #modules(): ModuleLoading {
    const { resolver } = this.#compiler;
    return {
      moduleOf: (specifier) => resolver.moduleOf(specifier, this.#cellFile),
    };
  }

  #localModules(): LocalModule[] {
    return this.#compiler.importedFiles.map(({ fileName, text }) => ({
      path: fileName,
      digest: createHash('sha256')
        .update(projectStamp(dirname(fileName)))
        .update(text)
        .digest('base64url'),
    }));
  }
}

/** TypeScript writes it last. */
function withoutMapAddress(javascript: string): string {
  const at = javascript.lastIndexOf('\n//# sourceMappingURL=');
  return at < 0 ? javascript : javascript.slice(0, at + 1);
}

function anything(name: string): string {
  return `declare let ${name}: any;`;
}
