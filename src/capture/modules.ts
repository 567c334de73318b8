// Finds what loaded modules export, so that it travels as module and name: a package's insides do not copy,
// and the other process can load it as well.
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { types } from 'node:util';
import { process } from '../system/node-process';
import { inspectProxy } from './functions/inspection';
import { moduleFiles, type Script, scriptOf } from './functions/scripts';
import { isObject } from './is-object';
import type { Path } from './path';
import { isMainRealm, mainGlobal } from './realms';

export interface ModulePlace {
  id: string;
  /** The way from the module's exports to the thing; empty for the exports themselves. */
  names: string[];
}

const places = new WeakMap<object | symbol, ModulePlace>();
const searched = new WeakSet<NodeJS.Module>();
/** What was loaded when all of it was searched last, for most starts find nothing new. */
let lastLoaded: (NodeJS.Module | undefined)[] = [];
let builtinsSearched = 0;
let findings = 0;

/** As long as this stays, nothing else travels by the name of a module. */
export function modulesNoticed(): number {
  return findings;
}

export function moduleOf(value: object | symbol): ModulePlace | undefined {
  const found = places.get(value);
  if (found !== undefined || typeof value === 'symbol' || !types.isModuleNamespaceObject(value)) return found;
  return namespaceOf(value);
}

/** The script that this process was started with. It must not run again in another process. */
export function entryFile(): string | undefined {
  return require.main?.filename ?? scriptArgument;
}

// What an ES module is started by may be a link, while modules go by the file behind it.
const scriptArgument = realPathOf(process.argv[1]);

function realPathOf(path: string | undefined): string | undefined {
  try {
    return path === undefined ? undefined : realpathSync(path);
  } catch {
    return path;
  }
}

/** Looks through what was loaded since the last time. */
export function noticeLoadedModules(): void {
  const modules = Object.values(require.cache);
  if (!isSame(modules, lastLoaded)) {
    for (const module of modules) if (module?.loaded) search(module);
    // A module that is still loading is looked at again.
    lastLoaded = modules.every((module) => module?.loaded) ? modules : [];
  }
  const loaded = (process as unknown as { moduleLoadList: string[] }).moduleLoadList;
  for (; builtinsSearched < loaded.length; builtinsSearched++) {
    const id = /^NativeModule (?!internal\/)(.+)$/.exec(loaded[builtinsSearched] as string)?.[1];
    if (id === undefined || NOT_SEARCHED.test(id) || !isBuiltin(id)) continue;
    recordExports(process.getBuiltinModule?.(id) ?? require(id), `node:${id}`);
  }
}

function isSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  if (some.length !== others.length) return false;
  for (let at = 0; at < some.length; at++) if (some[at] !== others[at]) return false;
  return true;
}

function search(module: NodeJS.Module): void {
  if (searched.has(module) || module.filename === entryFile()) return;
  searched.add(module);
  recordExports(module.exports, module.filename);
}

// Loading these prints a warning.
const NOT_SEARCHED = /^(?:_|sys$|punycode$|wasi$|sqlite$|trace_events$|test|inspector\/)/;

function recordExports(exported: unknown, id: string): void {
  record(exported, { id, names: [] });
  if (!isObject(exported) || types.isProxy(exported)) return;
  for (const [name, value] of ownValues(exported, isEsModule(exported))) {
    record(value, { id, names: [name] });
    // To look at the whole global object would load what the program has not asked for.
    if (!isObject(value) || types.isProxy(value) || value === mainGlobal || value === process) continue;
    for (const [inner, innerValue] of ownValues(value, false)) {
      if (typeof innerValue === 'function') record(innerValue, { id, names: [name, inner] });
    }
  }
}

function record(value: unknown, place: ModulePlace): void {
  if ((isObject(value) || isOwnSymbol(value)) && !places.has(value)) {
    places.set(value, place);
    findings++;
  }
}

// What a compiler or bundler exports through getters is read; any other getter could do anything.
export function ownValues(holder: object, readGetters: boolean): [string, unknown][] {
  const found: [string, unknown][] = [];
  // Thousands are looked at before the first child starts: all descriptors at once would take far longer.
  for (const name of Object.getOwnPropertyNames(holder)) {
    if (name === 'constructor' || name === 'prototype') continue;
    const property = Object.getOwnPropertyDescriptor(holder, name);
    if (property === undefined) continue;
    if ('value' in property) found.push([name, property.value]);
    else if (readGetters) {
      try {
        found.push([name, (holder as Record<string, unknown>)[name]]);
      } catch {
        // An export that is not initialised yet is simply not known.
      }
    }
  }
  return found;
}

function isEsModule(exported: object): boolean {
  return types.isModuleNamespaceObject(exported) || Object.hasOwn(exported, '__esModule');
}

// Nothing in Node lists the loaded ES modules. But a function tells the script it stands in, and requiring a
// script that is loaded already gives the very namespace that the program imported.
export function esModuleOf(value: object, script: Script): ModulePlace | undefined {
  const file = script.isModule ? fileOfUrl(script.url) : packageFile(script.url);
  return withExports(file, (exported, id) => recordEsModule(value, exported, id));
}

/** What the file of a script exports, if it is a module that is loaded. */
export function exportsOfScript({ url, isModule }: Script): { file: string; exports: unknown } | undefined {
  if (!isModule) {
    const module = require.cache[url];
    return module?.loaded ? { file: url, exports: module.exports } : undefined;
  }
  return withExports(fileOfUrl(url), (exports, file) => ({ file, exports }));
}

/**
 * Returns undefined for the program's own script, and for a module that awaits at its top level or has
 * failed.
 */
function withExports<T>(file: string | undefined, use: (exported: object, file: string) => T): T | undefined {
  if (file === undefined || file === entryFile()) return undefined;
  try {
    return use(require(file), file);
  } catch {
    return undefined;
  }
}

function fileOfUrl(url: string): string | undefined {
  return url.startsWith('file:') ? fileURLToPath(url) : undefined;
}

/** A test runner lists no CommonJS modules either. The program's own files only the runner can load. */
function packageFile(file: string): string | undefined {
  const isInPackage = file.includes('/node_modules/') || file.startsWith(OURS);
  return !isMainRealm() && isAbsolute(file) && isInPackage ? file : undefined;
}

const OURS = join(__dirname, '..', '/');

/** Describes the variable of an `import * as name`, which the script that uses it says in words. */
export function namespaceImport(value: object, name: string, script: Script): ModulePlace | undefined {
  const known = moduleOf(value);
  const words = new RegExp(
    `import\\s*\\*\\s*as\\s+${name.replaceAll('$', '\\$')}\\s+from\\s*['"]([^'"]+)['"]`,
  );
  const specifier = words.exec(script.text)?.[1];
  if (known !== undefined || specifier === undefined || !script.isModule) return known;
  try {
    const resolver = createRequire(script.url);
    return recordEsModule(value, resolver(specifier), resolver.resolve(specifier));
  } catch {
    return undefined;
  }
}

// Required, a module with a default export has a namespace of its own around the same exports.
function recordEsModule(value: object, required: object, id: string): ModulePlace | undefined {
  recordExports(required, id);
  const isSame = Object.entries(value).every(([name, held]) => Object.is(held, Reflect.get(required, name)));
  if (types.isModuleNamespaceObject(value) && isSame) record(value, { id, names: [] });
  return places.get(value);
}

/** Vitest puts a Proxy before what a file imports, so that its default export has all names, too. */
export function importedBehind(proxy: object, path: Path): object | undefined {
  if (!/^__vi\w*_import_\d+__$/.test(path.closedOver ?? '')) return undefined;
  const target = inspectProxy(proxy);
  return types.isModuleNamespaceObject(target) ? (target as object) : undefined;
}

/** Mostly its functions stand in the module itself; if not, it is one that exports what others have made. */
function namespaceOf(value: object): ModulePlace | undefined {
  const exported = ownValues(value, true);
  const sample = exported.find(([, held]) => isFunction(held))?.[1];
  const script = isFunction(sample) ? scriptOf(sample) : undefined;
  return (script && esModuleOf(value, script)) ?? searchModules(value, exported[0]?.[0]);
}

function searchModules(value: object, name: string | undefined): ModulePlace | undefined {
  if (name === undefined) return undefined;
  for (const file of moduleFiles()) {
    if (!existsSync(file) || !mayExport(file, name)) continue;
    const found = withExports(file, (exported, id) =>
      exported === value || isWrapped(value, exported) ? recordEsModule(value, exported, id) : undefined,
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Constants alone may be those of any module. */
function isWrapped(value: object, required: object): boolean {
  return (
    Object.keys(required).length === Object.keys(value).length + 1 &&
    Object.entries(value).some(([name, held]) => isObject(held) && Reflect.get(required, name) === held)
  );
}

/** Spares to ask all modules, of which a big package has hundreds. */
function mayExport(file: string, name: string): boolean {
  const text = readFileSync(file, 'utf8');
  return /\bexport\s*\*/.test(text) || (/\bexport\b/.test(text) && text.includes(name));
}

function isFunction(value: unknown): value is (...args: never[]) => unknown {
  return typeof value === 'function';
}

/** A registered one is the same everywhere by itself. */
function isOwnSymbol(value: unknown): value is symbol {
  return typeof value === 'symbol' && Symbol.keyFor(value) === undefined;
}
