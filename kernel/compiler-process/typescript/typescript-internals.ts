// The parts of TypeScript that it keeps out of its declarations, typed here for those who use them.
//
// Internals change between versions: the version of TypeScript is pinned, and the tests touch each of these.

import ts from 'typescript';

interface Internals {
  readonly nullTransformationContext: ts.TransformationContext;
  readonly SignatureHelp: {
    getSignatureHelpItems(
      program: ts.Program,
      file: ts.SourceFile,
      position: number,
      reason: ts.SignatureHelpTriggerReason | undefined,
      cancellation: ts.CancellationToken,
    ): ts.SignatureHelpItems | undefined;
  };
  readonly Completions: { getCompletionsAtPosition(...parameters: unknown[]): ts.CompletionInfo | undefined };
  readonly SymbolDisplay: {
    getSymbolDisplayPartsDocumentationAndSymbolKind(
      checker: ts.TypeChecker,
      symbol: ts.Symbol,
      file: ts.SourceFile,
      container: ts.Node | undefined,
      node: ts.Node,
    ): {
      displayParts: ts.SymbolDisplayPart[];
      documentation: ts.SymbolDisplayPart[];
      symbolKind: ts.ScriptElementKind;
      tags: ts.JSDocTagInfo[] | undefined;
    };
  };
  readonly objectAllocator: {
    getSymbolConstructor(): { prototype: Documented };
    getSignatureConstructor(): { prototype: Documented };
  };
  getJSDocCommentRanges(node: ts.Node, text: string): ts.CommentRange[] | undefined;
  parseIsolatedJSDocComment(text: string, start: number, length: number): { jsDoc: ts.JSDoc } | undefined;
  readonly sourceFileAffectingCompilerOptions: readonly { readonly name: string }[];
  bindSourceFile(file: ts.SourceFile, options: ts.CompilerOptions): void;
  getTouchingPropertyName(file: ts.SourceFile, position: number): ts.Node;
  getContainerNode(node: ts.Node): ts.Node | undefined;
  createTextSpanFromNode(node: ts.Node, file: ts.SourceFile): ts.TextSpan;
}

const DOCUMENTATION = [
  'getDocumentationComment',
  'getContextualDocumentationComment',
  'getJsDocTags',
  'getContextualJsDocTags',
] as const;

/** A symbol or a signature. */
type Documented = {
  readonly declarations?: readonly ts.Declaration[];
  readonly declaration?: ts.Declaration;
} & { [method in (typeof DOCUMENTATION)[number]]?: (this: Documented, ...parameters: unknown[]) => unknown };

const internals = ts as unknown as Internals;

interface CheckerInternals {
  getExportsAndPropertiesOfModule(module: ts.Symbol): ts.Symbol[];
}

const emitOnly = { script: 0, declarations: 1 } as const;

interface ProgramInternals {
  emit(
    file: ts.SourceFile | undefined,
    write: ts.WriteFileCallback,
    cancellation: undefined,
    only: (typeof emitOnly)[keyof typeof emitOnly],
    transformers: ts.CustomTransformers,
    forceDeclarations: true,
  ): ts.EmitResult;
}

export const typescript = {
  nullTransformationContext: internals.nullTransformationContext,
  Completions: internals.Completions,
  /** The options on which it depends what a file is parsed and bound to. */
  optionsOfParsing: internals.sourceFileAffectingCompilerOptions,

  /** The node that touches the place, the file itself if nothing does. */
  touchingName(file: ts.SourceFile, position: number): ts.Node {
    return internals.getTouchingPropertyName(file, position);
  },

  signatureHelpAt(
    program: ts.Program,
    file: ts.SourceFile,
    position: number,
    cancellation: ts.CancellationToken,
  ): ts.SignatureHelpItems | undefined {
    const asked = { kind: 'invoked' } as const;
    return internals.SignatureHelp.getSignatureHelpItems(program, file, position, asked, cancellation);
  },

  /** Gives the file its table of names without the cost of a type checker. */
  bind(file: ts.SourceFile, options: ts.CompilerOptions): Map<string, ts.Symbol> {
    internals.bindSourceFile(file, options);
    return (file as unknown as { locals?: Map<string, ts.Symbol> }).locals ?? new Map();
  },

  /** Names that `inner` does not know are looked up in `outer`. */
  putInside(inner: ts.SourceFile, outer: ts.SourceFile | undefined): void {
    (inner as { parent: ts.Node | undefined }).parent = outer;
  },

  /** The module specifiers of a file, those of `import()` included. */
  importsOf(file: ts.SourceFile): readonly ts.StringLiteralLike[] {
    const { imports = [] } = file as unknown as { imports?: readonly ts.StringLiteralLike[] };
    return imports.filter(isWritten);
  },

  /**
   * The names of a module that an import can bind to a value, those of what it gives with `export =`
   * included.
   */
  valuesOf(module: ts.Symbol, checker: ts.TypeChecker): string[] {
    const { getExportsAndPropertiesOfModule } = checker as ts.TypeChecker & CheckerInternals;
    return getExportsAndPropertiesOfModule(module)
      .filter((symbol) => {
        const meant = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
        // A symbol as a name is written so.
        return (meant.flags & ts.SymbolFlags.Value) !== 0 && !symbol.name.startsWith('__@');
      })
      .map(({ name }) => name);
  },

  /** `then` is told each declaration whose documentation is about to be read. */
  beforeDocumentation(then: (declaration: ts.Declaration) => void): void {
    const tell = (documented: Documented) => {
      const { declaration, declarations = declaration ? [declaration] : [] } = documented;
      for (const each of declarations) then(each);
    };
    const { getSymbolConstructor, getSignatureConstructor } = internals.objectAllocator;
    for (const { prototype } of [getSymbolConstructor(), getSignatureConstructor()]) {
      for (const method of DOCUMENTATION) {
        const original = prototype[method];
        if (!original) continue;
        prototype[method] = function (this: Documented, ...parameters) {
          tell(this);
          return original.apply(this, parameters);
        };
      }
    }
  },

  /** Attaches documentation as if the file had been parsed with it. */
  attachDocumentation(node: ts.Node, file: ts.SourceFile): void {
    const ranges = internals.getJSDocCommentRanges(node, file.text) ?? [];
    const comments = ranges.flatMap(({ pos, end }) => {
      const parsed = internals.parseIsolatedJSDocComment(file.text, pos, end - pos);
      return parsed ? [parsed.jsDoc] : [];
    });
    if (comments.length === 0) return;
    for (const comment of comments) (comment as { parent: ts.Node }).parent = node;
    (node as { jsDoc?: ts.JSDoc[] }).jsDoc = comments;
  },

  syntaxErrorsOf(file: ts.SourceFile): readonly ts.Diagnostic[] {
    return (file as unknown as { parseDiagnostics: readonly ts.Diagnostic[] }).parseDiagnostics;
  },

  /** Emits a file without its declarations. */
  emitScript(
    program: ts.Program,
    file: ts.SourceFile | undefined,
    before: ts.TransformerFactory<ts.SourceFile>,
    write: ts.WriteFileCallback,
  ): ts.EmitResult {
    const { emit } = program as unknown as ProgramInternals;
    return emit(file, write, undefined, emitOnly.script, { before: [before] }, true);
  },

  /**
   * The declarations of a file, also where a library would be refused them: `const A = class { private x }`
   * has no exact declaration, but is a fine cell.
   */
  declarationsOf(program: ts.Program, file: ts.SourceFile): string {
    let declarations = '';
    const write = (_name: string, text: string): void => {
      declarations += text;
    };
    const { emit } = program as unknown as ProgramInternals;
    emit(file, write, undefined, emitOnly.declarations, {}, true);
    return declarations;
  },
};

/** TypeScript asks for the runtime of JSX in the name of every file, at no place in it. */
export function isWritten(specifier: ts.StringLiteralLike): boolean {
  return specifier.pos >= 0;
}

/** The `getQuickInfoAtPosition` of tslab's fork. */
export function quickInfoAt(
  file: ts.SourceFile,
  checker: ts.TypeChecker,
  cancellation: ts.CancellationToken,
  position: number,
): ts.QuickInfo | undefined {
  const node = internals.getTouchingPropertyName(file, position);
  const symbol = checker.getSymbolAtLocation(node);
  if (!symbol) return undefined;
  const container = internals.getContainerNode(node);
  const found = checker.runWithCancellationToken(cancellation, (own) =>
    internals.SymbolDisplay.getSymbolDisplayPartsDocumentationAndSymbolKind(
      own,
      symbol,
      file,
      container,
      node,
    ),
  );
  return {
    kind: found.symbolKind,
    kindModifiers: '',
    textSpan: internals.createTextSpanFromNode(node, file),
    displayParts: found.displayParts,
    documentation: found.documentation,
    ...(found.tags && { tags: found.tags }),
  };
}

/** `base` with some properties replaced; `base` itself stays as it is. */
export function override<T extends object, U extends Partial<T> | Record<string, unknown>>(
  base: T,
  own: U,
): T & U {
  return Object.create(base, Object.getOwnPropertyDescriptors(own)) as T & U;
}
