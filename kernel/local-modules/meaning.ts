// The settings of a project that decide what its programs mean, whoever compiles them and for which Node.

import ts from 'typescript';
import type { Project } from './project';

const RESOLUTION = [
  'paths',
  'pathsBasePath',
  'baseUrl',
  'rootDirs',
  'customConditions',
  'moduleSuffixes',
] as const;

const SYNTAX = [
  'experimentalDecorators',
  'emitDecoratorMetadata',
  'jsx',
  'jsxFactory',
  'jsxFragmentFactory',
  'jsxImportSource',
  'esModuleInterop',
  'verbatimModuleSyntax',
] as const;

/** What Node runs, whatever the project is built for. */
const TARGET = ts.ScriptTarget.ES2024;

/** How names of modules become files. */
export function resolutionOf(project: Project | undefined): ts.CompilerOptions {
  const options = chosen(project, RESOLUTION);
  return {
    ...options,
    customConditions: [...((options.customConditions as string[] | undefined) ?? []), 'node'],
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    module: ts.ModuleKind.ESNext,
    allowImportingTsExtensions: true,
    allowJs: true,
    resolveJsonModule: true,
  };
}

/** What becomes of the text. */
export function syntaxOf(project: Project | undefined): ts.CompilerOptions {
  const options = chosen(project, SYNTAX);
  const { jsx } = options;
  return {
    ...options,
    target: TARGET,
    // Node has no JSX that one could preserve.
    jsx:
      jsx === undefined || jsx === ts.JsxEmit.Preserve || jsx === ts.JsxEmit.ReactNative
        ? ts.JsxEmit.ReactJSX
        : jsx,
    useDefineForClassFields: definesFields(project?.options),
  };
}

/** Which modules a project writes, where it leaves that to TypeScript. */
export function modulesOf({
  module = ts.ModuleKind.ESNext,
  moduleResolution,
}: ts.CompilerOptions): ts.CompilerOptions {
  const { Node16, NodeNext, Bundler } = ts.ModuleResolutionKind;
  const isOfNode = module >= ts.ModuleKind.Node16 && module <= ts.ModuleKind.NodeNext;
  const ofModule = !isOfNode ? Bundler : module === ts.ModuleKind.NodeNext ? NodeNext : Node16;
  return { module, moduleResolution: moduleResolution ?? ofModule };
}

/** A field is assigned, and not defined, in what is built for a JavaScript without fields. */
function definesFields({ useDefineForClassFields, target }: ts.CompilerOptions = {}): boolean {
  return useDefineForClassFields ?? (target === undefined || target >= ts.ScriptTarget.ES2022);
}

function chosen(project: Project | undefined, names: readonly string[]): ts.CompilerOptions {
  const { options = {} } = project ?? {};
  return Object.fromEntries(names.filter((name) => name in options).map((name) => [name, options[name]]));
}
