// `import()` in cells and in local modules: of a TypeScript file by us, of anything else by Node. The
// compiler is loaded with the first that is TypeScript.

import { existsSync, realpathSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ownModule } from '../own-modules';
import { nativeImport } from './native-import';
import { isLocal, TYPESCRIPT_EXTENSIONS } from './paths';
import { isRenewed } from './renewed';

/** Our own, for the functions below call the one of the importing file `require`. */
const require_ = require;

/** `require`: of the file that imports. */
export async function importFrom(
  require: NodeJS.Require,
  specifier: unknown,
  options?: object,
): Promise<unknown> {
  const name = String(specifier);
  if (ownModule(name) || name === 'tslab') return require(name);
  const folder = require.resolve.paths('./')?.[0] ?? process.cwd();
  const from = join(folder, 'import.js');
  if (isBuiltin(name)) return nativeImport(name, from, options);
  if (isLocal(name)) {
    const path = name.startsWith('file:') ? fileURLToPath(name) : resolve(folder, name);
    if (isRenewed(path) || mayBeTypeScript(path)) return importTypeScript(require, name, from, options);
    if (name.startsWith('file:') || existsSync(path))
      return nativeImport(name.startsWith('file:') ? name : pathToFileURL(path).href, from, options);
  }
  try {
    return await nativeImport(name, from, options);
  } catch (error) {
    if (!MISSED.includes(String((error as { code?: unknown } | null)?.code))) throw error;
    return importTypeScript(require, name, from, options, error);
  }
}

/** Node finds no such module, or finds TypeScript. */
const MISSED = [
  'ERR_MODULE_NOT_FOUND',
  'ERR_UNSUPPORTED_DIR_IMPORT',
  'ERR_UNKNOWN_FILE_EXTENSION',
  'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING',
];

async function importTypeScript(
  require: NodeJS.Require,
  name: string,
  from: string,
  options: object | undefined,
  missed?: unknown,
): Promise<unknown> {
  const { implementationOf, isTypeScript } = require_('./resolve') as typeof import('./resolve');
  const { load, register } = require_('./load') as typeof import('./load');
  const file = implementationOf(name, from);
  if (file && (isTypeScript(file) || isRenewed(file))) {
    register();
    await load(file, require);
    return namesOf(require(file));
  }
  // A package on NODE_PATH, which `require` alone knows.
  const found = missed === undefined ? file : resolved(require, name);
  if (found !== undefined) return nativeImport(pathToFileURL(found).href, from, options);
  if (missed !== undefined) throw missed;
  // It is not there, and Node says so.
  return nativeImport(name, from, options);
}

function resolved(require: NodeJS.Require, name: string): string | undefined {
  try {
    return realpathSync(require.resolve(name));
  } catch {
    return undefined;
  }
}

/** A look at the file system alone: is there anything that TypeScript could take? */
function mayBeTypeScript(path: string): boolean {
  const stem = path.replace(/\.[cm]?jsx?$/, '');
  const places = [path, stem, join(path, 'index')];
  return TYPESCRIPT_EXTENSIONS.some(
    (extension) => path.endsWith(extension) || places.some((each) => existsSync(each + extension)),
  );
}

function namesOf(exported: unknown): unknown {
  const isObject = (typeof exported === 'object' || typeof exported === 'function') && exported !== null;
  if (isObject && '__esModule' in exported) return exported;
  return { ...(exported as object), default: exported };
}
