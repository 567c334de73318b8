// The compiler that tslab's converter sees: stock TypeScript in the shape of the fork of TypeScript 5.0 that
// tslab was written for, with our options, and with the steps of tslab's that ParLab does better taken over.
//
// tslab keeps the notebook's program: the cell as a virtual file, the earlier cells' declarations in scope
// around it, rebuilding. Taken over are: resolving modules, watching files, emitting (JavaScript and its
// source map; the declarations when no request waits), the step from ES modules to CommonJS (the linker's),
// and the printing of earlier declarations (Declarations', which keeps namespaces and whose cost does not
// grow).

import { join } from 'node:path';
import ts from 'typescript';
import { type AboutNodes, aboutNodes } from './about-nodes';
import { cellFaults, isForStudents } from './cell-faults';
import { isChecked } from './checked-files';
import { compilerOptions, standardLibraryOf } from './compiler-options';
import { provideDocumentation } from './documentation';
import { type Emission, emit, noEmission } from './emission';
import { floatingPromises } from './floating-promises';
import { helpAt } from './help-at';
import { importedFiles } from './imported-files';
import { isOffered } from './internal-names';
import { asJsxIfNeeded } from './jsx';
import { isStudents, LocalFiles } from './local-files';
import { ModuleResolver } from './module-resolution';
import { ModulesAtHand } from './modules-by-name';
import { type OwnGlobal, ownGlobals } from './own-globals';
import { SettledDeclarations } from './settled-declarations';
import { withStandardFiles } from './standard-files';
import type { StandardLibrary } from './standard-library';
import { isWritten, override, typescript } from './typescript-internals';
import { exportHiddenAgain } from './unnamed-types';

/** tslab's name for the cell. */
export const CELL_FILE = '__tslab__.ts';

/** `display`, `input` and so on. */
const SESSION_GLOBALS = join(__dirname, '..', '..', 'conversations', 'notebook-globals.d.ts');

provideDocumentation();

/** A compiler for tslab's converter, and what it learnt during the last conversion. */
export class Compiler {
  /** What is to be given to `loadTslab`. */
  readonly forTslab: object;
  readonly resolver: ModuleResolver;
  readonly options: ts.CompilerOptions;
  readonly #library: StandardLibrary;
  readonly #atHand: ModulesAtHand;
  readonly #files = new LocalFiles();
  readonly #settled: SettledDeclarations;
  readonly #declarationsFile: string;
  #resolveAnew = false;
  #diagnostics: readonly ts.Diagnostic[] = [];
  #warnings: readonly ts.Diagnostic[] = [];
  #imported: readonly ts.SourceFile[] = [];
  #emission = noEmission;
  #builder: ts.BuilderProgram | undefined;
  #completed: { program: ts.Program; file: ts.SourceFile } | undefined;

  constructor(directory: string) {
    const folder = directory.replaceAll('\\', '/');
    this.#settled = new SettledDeclarations(`${folder}/__settled__.d.ts`);
    this.#declarationsFile = `${folder}/__prev__.d.ts`;
    const system = override(ts.sys, {
      getCurrentDirectory: () => directory,
      readFile: (path: string, encoding?: string) =>
        this.#settled.read(path) ?? ts.sys.readFile(path, encoding),
      fileExists: (path: string) => path === this.#settled.path || ts.sys.fileExists(path),
      watchFile: (path: string, changed: ts.FileWatcherCallback) =>
        this.#settled.watch(path, changed) ?? this.#files.watch(path, changed),
      watchDirectory: () => ({ close() {} }),
    });
    const options = compilerOptions(directory);
    this.options = options;
    this.#library = standardLibraryOf(options);
    this.resolver = new ModuleResolver(directory, options, system, this.#library);
    this.#atHand = new ModulesAtHand(
      directory,
      (name, from) => this.resolver.find(name, from)?.resolvedFileName,
    );
    // tslab has nothing to offer here; what completes the names of modules looks for files.
    const completionHost = override(system, {
      getCompilationSettings: () => options,
      useCaseSensitiveFileNames: () => true,
    } as Record<string, unknown>);
    this.forTslab = override(ts, {
      __esModule: true,
      sys: system,
      createWatchCompilerHost: this.#createHost(options),
      getPreEmitDiagnosticsOfFiles: (program: ts.Program, files: ts.SourceFile[]) =>
        this.#check(program, files),
      transpileModule: (javascript: string) => ({ outputText: javascript }),
      createPrinter: () => ({ printFile: () => '' }),
      getDefaultTypeRoots: () => options.typeRoots,
      getNullTransformationContext: () => typescript.nullTransformationContext,
      getQuickInfoAtPosition: (
        file: ts.SourceFile,
        _checker: ts.TypeChecker,
        cancellation: ts.CancellationToken,
        position: number,
      ) => {
        const program = this.#builder?.getProgram();
        return program && helpAt(program, file, position, cancellation);
      },
      Completions: override(typescript.Completions, {
        getCompletionsAtPositionForTslab: (_host: object, ...rest: unknown[]) => {
          const [program, , file] = rest as [ts.Program, unknown, ts.SourceFile];
          this.#completed = { program, file };
          const [formatContext, includeSymbol] = [undefined, true];
          const found = typescript.Completions.getCompletionsAtPosition(
            completionHost,
            ...rest,
            formatContext,
            includeSymbol,
          );
          return found && { ...found, entries: found.entries.filter(isOffered) };
        },
      }),
    });
  }

  /**
   * Call before each conversion: takes in what changed in the student's own files, the older declarations,
   * and what the cells refer to.
   */
  refresh(settled: string, references: Iterable<string>): void {
    this.#settled.replace(settled, [...references].join(''));
    this.#resolveAnew = this.resolver.refresh(this.#files.report());
  }

  /** What is wrong with the last cell, and with the local modules that it imports. */
  get diagnostics(): readonly ts.Diagnostic[] {
    return this.#diagnostics;
  }

  /** What is right in the last cell and yet hardly meant. */
  get warnings(): readonly ts.Diagnostic[] {
    return this.#warnings;
  }

  /** The local modules that the last cell imports, directly or not. */
  get importedFiles(): readonly ts.SourceFile[] {
    return this.#imported;
  }

  /**
   * The type of what the last completion offers, as TypeScript writes it; undefined for keywords and names of
   * modules.
   */
  signatureOf({ symbol }: ts.CompletionEntry & { symbol?: ts.Symbol }): string | undefined {
    if (!symbol || !this.#completed) return undefined;
    const { program, file } = this.#completed;
    const checker = program.getTypeChecker();
    const meant = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    if (!(meant.flags & ts.SymbolFlags.Value)) return undefined;
    return checker.typeToString(checker.getTypeOfSymbolAtLocation(meant, file));
  }

  /** The names that begin so and that a module at hand exports, with their imports. */
  importable(written: string): [name: string, statement: string][] {
    const program = this.#builder?.getProgram();
    return program ? this.#atHand.beginningWith(written, program) : [];
  }

  /** Statements that import the name from a module at hand. */
  importsOf(name: string): string[] {
    const program = this.#builder?.getProgram();
    return program ? this.#atHand.importsOf(name, program) : [];
  }

  /** What an expression of the last cell is, to TypeScript. */
  get about(): AboutNodes | undefined {
    const checker = this.#builder?.getProgram().getTypeChecker();
    return checker && aboutNodes(checker);
  }

  /** Interfaces of cells that have the name of a global one. */
  get ownGlobals(): readonly OwnGlobal[] {
    const program = this.#builder?.getProgram();
    const cell = program?.getSourceFiles().find(({ fileName }) => fileName.endsWith(CELL_FILE));
    return program && cell ? ownGlobals(program, cell) : [];
  }

  /** The modules of Node's whose types come with the first import. */
  get modulesOnDemand(): Iterable<string> {
    return this.#library.onDemand.keys();
  }

  /** What the last conversion left. */
  get emission(): Emission {
    return this.#emission;
  }

  #createHost(ours: ts.CompilerOptions) {
    return (files: string[], theirs: ts.CompilerOptions, system: ts.System) => {
      // Ours come as one file: standard-library.ts.
      const { lib: _, ...options } = { ...theirs, ...ours };
      const silent = (): void => {};
      const host = ts.createWatchCompilerHost(
        [...files, this.#settled.path, SESSION_GLOBALS],
        options,
        system,
        this.#createProgram,
        silent,
        silent,
      );
      host.resolveModuleNameLiterals = (literals, from, _redirect, _options, file) => {
        const hasJsx = file.languageVariant === ts.LanguageVariant.JSX;
        const resolved = (literal: ts.StringLiteralLike) =>
          hasJsx || isWritten(literal) ? this.resolver.resolve(literal.text, from) : undefined;
        return literals.map((literal) => ({ resolvedModule: resolved(literal) }));
      };
      host.getModuleResolutionCache = () => this.resolver.cache;
      host.hasInvalidatedResolutions = (path) => this.#resolveAnew && isStudents(path);
      return host;
    };
  }

  readonly #createProgram: ts.CreateProgram<ts.BuilderProgram> = (
    roots,
    options,
    host,
    old,
    errors,
    references,
  ) => {
    const builder = ts.createAbstractBuilder(
      roots,
      options,
      host &&
        keepUnchanged(
          withStandardFiles(host, options ?? {}, this.#library),
          old?.getProgram().getSourceFile(this.#declarationsFile),
        ),
      old,
      errors,
      references,
    );
    this.#builder = builder;
    exportHiddenAgain(builder.getProgram());
    return override(builder, {
      getSourceFile: (name: string) => {
        const file = builder.getSourceFile(name);
        // tslab puts the cell inside the declarations' scope in this way, too.
        if (file && name === this.#declarationsFile)
          typescript.putInside(file, builder.getSourceFile(this.#settled.path));
        return file;
      },
      // Local modules are loaded through ts-node, in a cell as in a script: only the cell itself is emitted.
      getAllDependencies: (file: ts.SourceFile) => [file.fileName],
      emit: (file?: ts.SourceFile) => this.#emit(builder.getProgram(), file),
    });
  };

  #emit(program: ts.Program, file?: ts.SourceFile): ts.EmitResult {
    const { result, emission } = emit(program, file);
    this.#emission = emission;
    return result;
  }

  #check(program: ts.Program, files: readonly ts.SourceFile[]): readonly ts.Diagnostic[] {
    this.#imported = files.flatMap((file) => importedFiles(program, file, this.resolver));
    const checked = [...files, ...this.#imported];
    const ofSyntax = checked.flatMap((file) => program.getSyntacticDiagnostics(file));
    const isOurs = (file: ts.SourceFile) => isChecked(file, program.getCurrentDirectory());
    const found =
      ofSyntax.length > 0
        ? ofSyntax
        : checked.filter(isOurs).flatMap((file) => program.getSemanticDiagnostics(file));
    this.#diagnostics = [
      ...files.flatMap((file) => cellFaults(program, file)),
      ...found.filter(isForStudents),
    ];
    this.#warnings =
      this.#diagnostics.length > 0
        ? []
        : files.filter(isOurs).flatMap((file) => floatingPromises(program, file));
    return this.#diagnostics;
  }
}

/**
 * tslab reports both of its files as changed when one is; declarations with the same text need no second
 * parsing.
 */
function keepUnchanged(host: ts.CompilerHost, before: ts.SourceFile | undefined): ts.CompilerHost {
  const unchanged = (name: string): ts.SourceFile | undefined =>
    before?.fileName === name && before.text === host.readFile(name) ? before : undefined;
  const read = (name: string, file: ts.SourceFile | undefined) =>
    file && name.endsWith(CELL_FILE) ? asJsxIfNeeded(file) : file;
  return override(host, {
    getSourceFile: (name, ...rest) => unchanged(name) ?? read(name, host.getSourceFile(name, ...rest)),
    getSourceFileByPath: (name, ...rest) =>
      unchanged(name) ?? read(name, host.getSourceFileByPath?.(name, ...rest)),
  });
}
