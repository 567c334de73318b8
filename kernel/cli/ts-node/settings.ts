// How ts-node compiles a program: a project of its own keeps its settings; a lone file is read as a cell is.

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { RegisterOptions } from 'ts-node';
import { nodeLibraries } from '../../node-libraries';
import { kernelCode, kernelPackage, libraryCode } from '../../package-root';

const ourRequire = createRequire(path.join(kernelPackage, 'package.json'));

// TypeScript asks for it in a project whose files lie in a folder below; nothing is written here that could
// depend on it.
const NO_ROOT_DIR = 5011;

/** What TypeScript refuses in a file that becomes CommonJS, and that a program may do all the same. */
const ALLOWED = [
  // await, for await, await using at the top level
  ...[1309, 1378, 1431, 1432, 2852, 2853, 2854],
  // import.meta
  ...[1343, 1470],
  NO_ROOT_DIR,
];

// A package without types: its values are `any`, as in a cell.
const WITHOUT_TYPES = 7016;

export function settingsFor(file: string): RegisterOptions {
  const folder = path.dirname(file);
  if (findUpwards('tsconfig.json', folder)) {
    // Its resolver finds local.ts where an ES module has to write './local.js'.
    return { projectSearchDir: folder, ignoreDiagnostics: ALLOWED, experimentalResolver: true };
  }
  return {
    skipProject: true,
    ignoreDiagnostics: [WITHOUT_TYPES],
    compiler: ourRequire.resolve('typescript'),
    compilerOptions: {
      target: 'es2022',
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
      paths: ownsParlab(file) ? widgetTypes() : { ...libraryTypes(), ...widgetTypes() },
    },
  };
}

/** A project of its own finds the controls, too; its own `paths` stay. */
export function withWidgets(
  settings: RegisterOptions,
  { paths, pathsBasePath, baseUrl }: { paths?: Paths; pathsBasePath?: unknown; baseUrl?: string },
): RegisterOptions {
  if (settings.skipProject) return settings;
  const base = baseUrl ?? (typeof pathsBasePath === 'string' ? pathsBasePath : '');
  const own = Object.entries(paths ?? {}).map(([name, places]) => [
    name,
    places.map((place) => path.resolve(base, place)),
  ]);
  return { ...settings, compilerOptions: { paths: { ...widgetTypes(), ...Object.fromEntries(own) } } };
}

type Paths = Record<string, string[]>;

/** Whether what the compiler makes of the file would be an ES module, which `require` does not load. */
export function isModule(file: string, module: number | undefined): boolean {
  const isNodes = module !== undefined && module >= NODE_16 && module <= NODE_NEXT;
  if (module !== COMMONJS && !isNodes) return true;
  const manifest = findUpwards('package.json', path.dirname(file));
  if (manifest === undefined) return false;
  const { type } = JSON.parse(readFileSync(manifest, 'utf8')) as { type?: unknown };
  return type === 'module';
}

// TypeScript's ModuleKind, which is not loaded here.
const COMMONJS = 1;
const NODE_16 = 100;
const NODE_NEXT = 199;

/** Whether the file lies where `parlab` has been installed for it. */
export function ownsParlab(file: string): boolean {
  return findUpwards(path.join('node_modules', 'parlab'), path.dirname(file)) !== undefined;
}

function libraryTypes(): Record<string, string[]> {
  return {
    parlab: [path.join(libraryCode, 'index.d.ts')],
    'parlab/tutorial': [path.join(libraryCode, 'tutorial', 'index.d.ts')],
  };
}

/** Whoever has installed ParLab finds all but these by himself: they lie in the kernel's package. */
function widgetTypes(): Record<string, string[]> {
  return { 'parlab/widgets': [path.join(kernelCode, 'session-process', 'widgets', 'index.d.ts')] };
}

function findUpwards(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, name);
    if (existsSync(candidate)) return candidate;
    if (folder === path.dirname(folder)) return undefined;
  }
}
