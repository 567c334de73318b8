// Loads local modules: where TypeScript finds them, compiled by ts-node, as CommonJS, so that cells, scripts
// and children have one copy of each. One that awaits at its top level, or imports such a one, ends later.

import Module, { isBuiltin } from 'node:module';
import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ownModule } from '../own-modules';
import { type Compiled, compile, type Settings, unchecked } from './compile';
import { nativeImport } from './native-import';
import { isInstalled, TYPESCRIPT_EXTENSIONS } from './paths';
import { isRenewed } from './renewed';
import { implementationOf, isTypeScript } from './resolve';

class AwaitingModuleError extends Error {
  override readonly name = 'AwaitingModuleError';
  readonly file: string;

  constructor(file: string) {
    super(
      `${file} awaits at its top level, which require() cannot wait for: import it, or write await import(…).`,
    );
    this.file = file;
  }
}

interface Loaded extends NodeJS.Module {
  ended?: Promise<void>;
  _compile(javascript: string, file: string, format: 'commonjs'): unknown;
}

interface Loader {
  _resolveFilename(request: string, parent: Loaded | undefined, isMain?: boolean, options?: object): string;
  _cache: Record<string, NodeJS.Module | undefined>;
  _extensions: Record<string, (module: Loaded, file: string) => void>;
}

const loader = Module as unknown as Loader;

/** What has not come to its end yet: the promise of that, and what it waits for itself. */
const pending = new Map<Loaded, { ended: Promise<void>; waitsFor: Set<Loaded> }>();
/** The file that is being loaded for code that can wait for its end. */
let awaited: string | undefined;
let compiledWith: Settings | undefined;

/** Lets local modules be loaded by us from now on. */
export function register(settings: Settings = unchecked): void {
  if (compiledWith !== undefined) return;
  compiledWith = settings;
  const { _resolveFilename: resolve } = loader;
  loader._resolveFilename = function (request, parent, isMain, options) {
    const search = (): string => resolve.call(this, request, parent, isMain, options);
    const from = parent?.filename;
    if (!from || options || isInstalled(from) || isBuiltin(request) || ownModule(request)) return search();
    if (isAbsolute(request) && isTypeScript(request)) return search();
    const found = implementationOf(request, from);
    if (found && isTypeScript(found)) return found;
    try {
      return search();
    } catch (error) {
      // Node finds nothing there that `require` may have: the package has `import` alone in its exports.
      if (found) return found;
      throw error;
    }
  };
  for (const extension of TYPESCRIPT_EXTENSIONS) loader._extensions[extension] = begin;
}

/** From now on ES modules that were changed are loaded by us, too. */
export function loadRenewed(): void {
  register();
  if (loadsRenewed) return;
  loadsRenewed = true;
  const { '.js': load } = loader._extensions;
  const handler = (module: Loaded, file: string): void =>
    isRenewed(file) ? begin(module, file) : load?.(module, file);
  for (const extension of ['.mjs', '.js']) loader._extensions[extension] = handler;
}
let loadsRenewed = false;

/** Requires a module and tells when it has ended; undefined if it has already. */
export function load(file: string, require: (file: string) => unknown): Promise<void> | undefined {
  awaiting(file, () => require(file));
  const module = loader._cache[file] as Loaded | undefined;
  return module && pending.get(module)?.ended;
}

/** Requires a file for code that can wait for its end. */
function awaiting(file: string, require: () => unknown): void {
  const before = awaited;
  awaited = file;
  try {
    require();
  } finally {
    awaited = before;
  }
}

/** The handler of an extension. */
export function begin(given: NodeJS.Module, file: string): void {
  const module = given as Loaded;
  const mayAwait = awaited === file;
  const compiled = compile(file, compiledWith ?? unchecked);
  if (!compiled.awaits && runsAtOnce(module, compiled)) return;
  if (!mayAwait) throw new AwaitingModuleError(file);
  // A module that imports it in a circle sees it before its first statement.
  Object.defineProperty(module.exports, '__esModule', { value: true });
  const waitsFor = new Set<Loaded>();
  const others = compiled.imports.flatMap((name) => startImport(module, name, waitsFor) ?? []);
  const ended =
    others.length === 0 ? run(module, compiled) : Promise.all(others).then(() => run(module, compiled));
  pending.set(module, { ended: settle(module, ended ?? Promise.resolve()), waitsFor });
}

/**
 * Nearly all do, and each `require` loads what it names. One that must wait for another says so at its
 * imports, which come first.
 */
function runsAtOnce(module: Loaded, compiled: Compiled): boolean {
  const files = () => compiled.imports.flatMap((name) => fileOf(name, module) ?? []);
  const isPending = (file: string) => pending.has(loader._cache[file] as Loaded);
  if (pending.size > 0 && files().some(isPending)) return false;
  try {
    run(module, compiled);
    return true;
  } catch (error) {
    if (
      !isOfAwaitingEsModule(error) &&
      !(error instanceof AwaitingModuleError && files().includes(error.file))
    )
      throw error;
    return false;
  }
}

/** Whether Node refuses to require an ES module, since it awaits. */
function isOfAwaitingEsModule(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === 'ERR_REQUIRE_ASYNC_MODULE';
}

function fileOf(name: string, module: Loaded): string | undefined {
  if (isBuiltin(name) || ownModule(name)) return undefined;
  try {
    return loader._resolveFilename(name, module);
  } catch {
    return undefined; // That is told where it is required.
  }
}

function run(module: Loaded, { javascript }: Compiled): Promise<void> | undefined {
  module._compile(javascript, module.filename, 'commonjs');
  const { ended } = module;
  delete module.ended;
  return ended;
}

async function settleNow(module: Loaded, ended: Promise<void>): Promise<void> {
  try {
    await ended;
  } catch (error) {
    // It is done as Node does with one that throws at once: the next import tries again.
    if (loader._cache[module.filename] === module) delete loader._cache[module.filename];
    throw error;
  } finally {
    pending.delete(module);
  }
}

function settle(module: Loaded, ended: Promise<void>): Promise<void> {
  const settled = settleNow(module, ended);
  // The code that waits for it hears of it; no other has to.
  settled.catch(() => {});
  return settled;
}

/** Like an ES module, before the importer's own statements. Gives what has to be waited for. */
function startImport(module: Loaded, name: string, waitsFor: Set<Loaded>): Promise<unknown> | undefined {
  const file = fileOf(name, module);
  if (file === undefined) return undefined;
  try {
    awaiting(file, () => module.require(name));
  } catch (error) {
    if (!isOfAwaitingEsModule(error)) throw error;
    return importInstead(file);
  }
  const imported = loader._cache[file] as Loaded | undefined;
  const still = imported && pending.get(imported);
  // One of the files in a circle has to go first.
  if (!imported || !still || leadsTo(imported, module)) return undefined;
  waitsFor.add(imported);
  return still.ended;
}

function leadsTo(from: Loaded, to: Loaded): boolean {
  if (from === to) return true;
  return [...(pending.get(from)?.waitsFor ?? [])].some((each) => leadsTo(each, to));
}

/** An ES module that awaits stands in Node's table for `require`, once it has ended. */
async function importInstead(file: string): Promise<void> {
  const names = await nativeImport(pathToFileURL(file).href, file);
  const standIn = new Module(file);
  for (const name of Object.keys(names)) {
    Object.defineProperty(standIn.exports, name, { enumerable: true, get: () => names[name] });
  }
  Object.defineProperty(standIn.exports, '__esModule', { value: true });
  Object.assign(standIn, { filename: file, loaded: true });
  loader._cache[file] = standIn;
}
