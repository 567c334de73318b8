// Loads the modules of a package from the one file in which its build has put them together. To look for some
// hundred files takes Node longer than to compile them. They stay the modules that they are, each under the
// name of its own file: whoever requires one later, or reads where an error was, notices nothing. Without
// that file, or where a module was compiled since, Node loads as ever. Packages that read functions come when
// the first function is read, which many a program does while it waits for its first process anyway.
import { readFileSync, statSync } from 'node:fs';
import Module from 'node:module';
import { dirname, join, sep } from 'node:path';
import { compileFunction } from 'node:vm';

/** Where each module's text begins and ends in the bytes behind this line, by its name. */
type Places = Record<string, [from: number, to: number]>;

/** What Node's own `require` is made of. */
interface NodeLoader {
  _cache: unknown;
  _nodeModulePaths(from: string): string[];
  _resolveFilename(request: string, parent: NodeJS.Module, isMain: boolean, options?: object): string;
  _resolveLookupPaths(request: string, parent: NodeJS.Module): string[] | null;
}

const Loader = Module as unknown as NodeLoader;

const TOGETHER = 'together.txt';
/** They take a quarter of the time in which the library loads. */
const WAITING: readonly string[] = ['acorn', 'acorn-walk', 'eslint-scope', '@cspotcode/source-map-support'];
const PARAMETERS = ['exports', 'require', 'module', '__filename', '__dirname'];
/** An import as TypeScript writes it; what is required later stands in a function. */
const IMPORT = /^(?:(?:const|var) \w+ = )?(?:__\w+\()?require\("(\.[^"]+)"\)/gm;

/** The main module of a process calls it first of all: it loads what that is about to require. */
export function loadTogether(main: NodeJS.Module, folder: string, requests?: readonly string[]): void {
  if (!isLoadedByNode()) return;
  const modules = Together.of(folder);
  for (const request of requests ?? modules?.importsOf(main) ?? []) modules?.require(main, request);
}

/** Loads now what otherwise comes when it is used. */
export function loadWaiting(): void {
  for (const name of WAITING) require(name);
}

/** A test runner has modules of its own, or a realm, where what is compiled here would be a stranger. */
function isLoadedByNode(): boolean {
  return require.cache === Loader._cache && compileFunction('') instanceof Function;
}

class Together {
  readonly #folder: string;
  readonly #bytes: Buffer;
  readonly #places: Places;
  /** When the file was made; undefined for an installed package, of which nothing is compiled later. */
  readonly #madeMs: number | undefined;

  private constructor(folder: string) {
    const file = join(folder, TOGETHER);
    const bytes = readFileSync(file);
    const end = bytes.indexOf('\n');
    this.#folder = folder + sep;
    this.#places = JSON.parse(bytes.toString('utf8', 0, end)) as Places;
    this.#bytes = bytes.subarray(end + 1);
    this.#madeMs = folder.includes(`${sep}node_modules${sep}`) ? undefined : statSync(file).mtimeMs;
  }

  static of(folder: string): Together | undefined {
    try {
      return new Together(folder);
    } catch {
      return undefined;
    }
  }

  /** Returns undefined for a module of which it does not know the latest text. */
  textOf(file: string): string | undefined {
    if (!file.startsWith(this.#folder)) return undefined;
    const place = this.#places[file.slice(this.#folder.length).replaceAll(sep, '/')];
    if (place === undefined || this.#wasCompiledSince(file)) return undefined;
    return this.#bytes.toString('utf8', ...place);
  }

  importsOf({ filename }: NodeJS.Module): string[] {
    return [...(this.textOf(filename)?.matchAll(IMPORT) ?? [])].map(([, request = '']) => request);
  }

  require(from: NodeJS.Module, request: string): unknown {
    if (!request.startsWith('.')) return from.require(request);
    const file = `${join(dirname(from.filename), request)}.js`;
    const known = require.cache[file];
    if (known !== undefined) {
      if (!from.children.includes(known)) from.children.push(known);
      return known.exports;
    }
    const text = this.textOf(file);
    return text === undefined ? from.require(request) : this.#load(file, text, from);
  }

  #wasCompiledSince(file: string): boolean {
    if (this.#madeMs === undefined) return false;
    const mtimeMs = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY;
    return mtimeMs > this.#madeMs;
  }

  #load(file: string, text: string, parent: NodeJS.Module): unknown {
    const folder = dirname(file);
    const module = Object.assign(new Module(file, parent), {
      filename: file,
      paths: Loader._nodeModulePaths(folder),
    });
    const run = compileFunction(text, PARAMETERS, { filename: file });
    require.cache[file] = module;
    try {
      run.call(module.exports, module.exports, this.#requireOf(module), module, file, folder);
      module.loaded = true;
    } finally {
      if (!module.loaded) {
        delete require.cache[file];
        parent.children.splice(parent.children.indexOf(module), 1);
      }
    }
    return module.exports;
  }

  #requireOf(module: NodeJS.Module): NodeJS.Require {
    const { cache, extensions, main } = require;
    const resolve = Object.assign(
      (request: string, options?: object) => Loader._resolveFilename(request, module, false, options),
      { paths: (request: string) => Loader._resolveLookupPaths(request, module) },
    );
    const own = (request: string) => {
      if (module.loaded) return module.require(request);
      if (WAITING.includes(request)) return whenUsed(() => module.require(request) as object);
      return this.require(module, request);
    };
    return Object.assign(own, { cache, extensions, main, resolve });
  }
}

/** Stands for a package's exports, which are loaded when the first of them is asked for. */
function whenUsed(load: () => object): object {
  let exports: object | undefined;
  const loaded = () => {
    exports ??= load();
    return exports;
  };
  return new Proxy({}, { get: (_, name) => Reflect.get(loaded(), name) });
}
