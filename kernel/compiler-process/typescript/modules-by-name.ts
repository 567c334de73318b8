// Which modules at hand export a name: ParLab's own, the files beside the notebook, the packages of its
// project, and Node's.

import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, dirname, join } from 'node:path';
import ts from 'typescript';
import { stampOf } from '../../local-modules/stamp';
import { installation, kernelCode, libraryCode } from '../../package-root';
import { exportedValues, type Resolve } from './exported-values';
import { typescript } from './typescript-internals';

const OURS = {
  parlab: libraryCode,
  'parlab/tutorial': join(libraryCode, 'tutorial'),
  'parlab/widgets': join(kernelCode, 'session-process', 'widgets'),
};
const TYPESCRIPT = /(?<!\.d)\.tsx?$/;

type ModulesByName = ReadonlyMap<string, readonly string[]>;

let ours: ModulesByName | undefined;
let nodes: ModulesByName | undefined;

/** The modules at hand for one notebook. */
export class ModulesAtHand {
  readonly #directory: string;
  readonly #resolve: Resolve;
  /** What was exported, by the file's path. */
  readonly #exported = new Map<string, { stamp: string | undefined; values: string[] }>();

  constructor(directory: string, resolve: Resolve) {
    this.#directory = directory;
    this.#resolve = resolve;
  }

  /**
   * Statements that import the name; where ParLab has it, another of the same name is hardly meant, and so
   * on.
   */
  importsOf(name: string, program: ts.Program): string[] {
    for (const modules of this.#all(program)) {
      const found = modules.get(name);
      if (found) return found.map((module) => importOf(name, module));
    }
    return [];
  }

  /** Ours first, each with its import. */
  beginningWith(written: string, program: ts.Program): [name: string, statement: string][] {
    const found = new Map<string, string>();
    for (const modules of this.#all(program)) {
      const names = [...modules.keys()].filter((name) => name.startsWith(written) && !found.has(name));
      for (const name of names.sort()) found.set(name, importOf(name, modules.get(name)?.[0] as string));
    }
    return [...found];
  }

  /**
   * Gives the modules in the order in which they are meant. A caller that finds a name in the first need not
   * look for the others.
   */
  *#all(program: ts.Program): Generator<ModulesByName> {
    yield namesOfOurs(this.#resolve);
    yield byName(this.#filesBeside());
    yield byName(this.#packages());
    yield namesOfNode(program);
  }

  #filesBeside(): [module: string, names: string[]][] {
    const names = ts.sys.readDirectory(this.#directory, ['.ts', '.tsx'], undefined, undefined, 1);
    return names
      .filter((path) => TYPESCRIPT.test(path))
      .map((path) => [`./${basename(path).replace(TYPESCRIPT, '')}`, this.#valuesOf(path)]);
  }

  #packages(): [module: string, names: string[]][] {
    return dependenciesAround(this.#directory).map((name) => {
      const file = this.#resolve(name, join(this.#directory, 'cell.ts'));
      return [name, file === undefined ? [] : this.#valuesOf(file)];
    });
  }

  #valuesOf(file: string): string[] {
    const stamp = stampOf(file);
    let known = this.#exported.get(file);
    if (!known || known.stamp !== stamp) {
      known = { stamp, values: exportedValues(file, this.#resolve) };
      this.#exported.set(file, known);
    }
    return known.values;
  }
}

function importOf(name: string, module: string): string {
  return `import { ${name} } from '${module}'`;
}

/**
 * Returns the dependencies of the nearest package.json; ours, around the tutorial, is no project of the
 * student's.
 */
function dependenciesAround(directory: string): string[] {
  for (let folder = directory; folder !== installation; folder = dirname(folder)) {
    try {
      const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      return Object.keys(dependencies ?? {});
    } catch {
      if (folder === dirname(folder)) return [];
    }
  }
  return [];
}

/** Reads our names from the declarations, which the program need not have loaded. */
function namesOfOurs(resolve: Resolve): ModulesByName {
  ours ??= byName(
    Object.entries(OURS).map(([module, folder]) => [
      module,
      exportedValues(join(folder, 'index.d.ts'), resolve),
    ]),
  );
  return ours;
}

/** Returns the same for every program: they are looked through once. */
function namesOfNode(program: ts.Program): ModulesByName {
  if (nodes) return nodes;
  const checker = program.getTypeChecker();
  // Node's declarations name each module with `node:` and without.
  const modules = checker
    .getAmbientModules()
    .filter(({ name }) => /^"node:/.test(name) && isBuiltin(name.slice(1, -1)));
  nodes = byName(
    modules.map((module) => [
      module.name.slice(1, -1),
      typescript.valuesOf(module, checker).filter((name) => name !== 'default'),
    ]),
  );
  return nodes;
}

function byName(exported: [module: string, names: string[]][]): ModulesByName {
  const modules = new Map<string, string[]>();
  for (const [module, names] of exported) {
    for (const name of names) modules.set(name, [...(modules.get(name) ?? []), module]);
  }
  return modules;
}
