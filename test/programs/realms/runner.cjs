// Does to a program what Jest does: a global of its own, a `process` that is a copy on which no event is heard,
// and every file, the library's too, compiled there by a loader of its own. With the argument `module`, what Vitest does besides:
// its loader shows itself as `node:module`, with the parts that most programs ask for.
const { readFileSync } = require('node:fs');
const NodesModule = require('node:module');
const { dirname, join } = require('node:path');
const { fileURLToPath } = require('node:url');
const vm = require('node:vm');

const { createRequire, isBuiltin } = NodesModule;
const context = vm.createContext();
const realm = vm.runInContext('globalThis', context);
for (const name of Object.getOwnPropertyNames(globalThis)) {
  const property = Object.getOwnPropertyDescriptor(globalThis, name);
  // Its timers, Buffer, URL and others are Node's own; what JavaScript brings along is the realm's.
  if (Object.hasOwn(realm, name)) continue;
  const get = property.get && (() => globalThis[name]);
  Object.defineProperty(realm, name, get ? { ...property, get, set: undefined } : property);
}
Object.assign(realm, { Uint8Array, ArrayBuffer, console, global: realm, globalThis: realm });
const { _events, ...own } = Object.getOwnPropertyDescriptors(process);
realm.process = Object.create(Object.getPrototypeOf(process), own);

const loaded = new Map();

// Lists nothing that a module could be known by.
const cache = new Proxy({}, { ownKeys: () => [...loaded.keys()], get: () => ({ code: '' }) });
const loader = {
  _cache: cache,
  _resolveFilename: NodesModule._resolveFilename,
  _resolveLookupPaths: NodesModule._resolveLookupPaths,
  builtinModules: NodesModule.builtinModules,
  isBuiltin,
  createRequire: (from) => requireFor(from.startsWith('file:') ? fileURLToPath(from) : from),
};
loader.Module = loader;

function load(file) {
  const known = loaded.get(file);
  if (known !== undefined) return known.exports;
  const module = { exports: {}, filename: file, id: file, loaded: false };
  loaded.set(file, module);
  if (file.endsWith('.json')) module.exports = JSON.parse(readFileSync(file, 'utf8'));
  else {
    const names = ['module', 'exports', 'require', '__dirname', '__filename'];
    const text = `({ "wrapped": function (${names}) {${readFileSync(file, 'utf8')}\n} })`;
    const { wrapped } = new vm.Script(text, { filename: file }).runInContext(context);
    wrapped.call(module.exports, module, module.exports, requireFor(file), dirname(file), file);
  }
  module.loaded = true;
  return module.exports;
}

function requireFor(file) {
  const resolver = createRequire(file);
  const require = (name) => {
    if (/^(node:)?process$/.test(name)) return realm.process;
    if (/^(node:)?module$/.test(name) && process.argv[2] === 'module') return loader;
    if (isBuiltin(name)) return resolver(name);
    const found = resolver.resolve(name);
    // Native code, and what stands on it, is Node's to load.
    return found.includes('/koffi/') || found.endsWith('.node') ? resolver(found) : load(found);
  };
  return Object.assign(require, {
    resolve: resolver.resolve,
    cache,
    extensions: Object.create(null),
    main: loaded.get(join(__dirname, 'program.cjs')),
  });
}

load(join(__dirname, 'program.cjs'));
