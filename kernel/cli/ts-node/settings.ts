// How `parlab run` compiles a program: with its types checked, by the settings of its project; a lone file is
// read as a cell is.

import { createRequire } from 'node:module';
import path from 'node:path';
import { asJson, type Settings } from '../../local-modules/compile';
import { modulesOf, syntaxOf } from '../../local-modules/meaning';
import { isOlderThan6, type Project } from '../../local-modules/project';
import { nodeLibraries } from '../../node-libraries';
import { kernelCode, kernelPackage, libraryCode } from '../../package-root';
import { ownsParlab } from './owns-parlab';

const ourRequire = createRequire(path.join(kernelPackage, 'package.json'));

/** What TypeScript refuses in a file that becomes CommonJS, and that a program may do all the same. */
const ALLOWED = [
  // await, for await, await using at the top level
  ...[1309, 1378, 1431, 1432, 2852, 2853, 2854],
  // import.meta
  ...[1343, 1470],
];

// A package without types: its values are `any`, as in a cell.
const WITHOUT_TYPES = 7016;

/** What TypeScript took for granted before its version 6. */
const BEFORE_6 = {
  strict: false,
  types: ['*'],
  noUncheckedSideEffectImports: false,
};

/** `main`: the program's file. */
export function checked(main: string): Settings {
  return (project) =>
    project
      ? ofProject(project, main)
      : { ...ofLoneFile(main), transpileOnly: false, ignoreDiagnostics: [WITHOUT_TYPES] };
}

function ofProject(project: Project, main: string): ReturnType<Settings> {
  const { options } = project;
  const compilerOptions = {
    // Without them ts-node has defaults of its own.
    ...Object.fromEntries(OF_TS_NODE.map((name) => [name, undefined])),
    ...(isOlderThan6(project.file) && BEFORE_6),
    ...asJson({ ...options, ...modulesOf(options), ...syntaxOf(project) }),
    paths: { ...ownTypes(main), ...absolutePaths(options) },
  };
  return { compilerOptions, transpileOnly: false, ignoreDiagnostics: ALLOWED };
}

const OF_TS_NODE = ['lib', 'strict', 'esModuleInterop', 'skipLibCheck', 'types'];

function ofLoneFile(main: string): Pick<ReturnType<Settings>, 'compilerOptions'> {
  return {
    compilerOptions: {
      ...asJson(syntaxOf(undefined)),
      lib: nodeLibraries(),
      module: 'esnext',
      moduleResolution: 'bundler',
      customConditions: ['node'],
      allowImportingTsExtensions: true,
      moduleDetection: 'force',
      strict: true,
      esModuleInterop: true,
      skipLibCheck: true,
      types: ['node'],
      typeRoots: [path.dirname(path.dirname(ourRequire.resolve('@types/node/package.json')))],
      paths: ownTypes(main),
    },
  };
}

function absolutePaths({ paths = {}, baseUrl, pathsBasePath }: Project['options']): Record<string, string[]> {
  const base = baseUrl ?? (typeof pathsBasePath === 'string' ? pathsBasePath : '');
  const entries = Object.entries(paths).map(([name, places]) => [
    name,
    places.map((place) => path.resolve(base, place)),
  ]);
  return Object.fromEntries(entries);
}

function ownTypes(main: string): Record<string, string[]> {
  return ownsParlab(main) ? widgetTypes() : { ...libraryTypes(), ...widgetTypes() };
}

function libraryTypes(): Record<string, string[]> {
  return {
    parlab: [path.join(libraryCode, 'index.d.ts')],
    'parlab/tutorial': [path.join(libraryCode, 'tutorial', 'index.d.ts')],
  };
}

/**
 * The types of an installed ParLab are found without help, all but these, which lie in the kernel's package.
 */
function widgetTypes(): Record<string, string[]> {
  return { 'parlab/widgets': [path.join(kernelCode, 'session-process', 'widgets', 'index.d.ts')] };
}
