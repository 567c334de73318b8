// Run by `node --build-snapshot`: loads the compiler, warms it, and leaves a heap that serves a notebook as
// soon as it is thawed (node --snapshot-blob IMAGE DIRECTORY). Node's own loader of modules does not work
// while a heap is being made.

import { readFileSync, statSync, writeFileSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { dirname, join, parse } from 'node:path';
import { startupSnapshot } from 'node:v8';
import { compileFunction } from 'node:vm';
import type typescript from 'typescript';

// It runs as a copy in another folder.
const [here, stampsFile] = process.argv.slice(2) as [string, string];

class LoadedModule {
  readonly filename: string;
  exports: unknown = {};
  loaded = false;

  constructor(filename: string) {
    this.filename = filename;
  }
}

const cache: Record<string, LoadedModule> = Object.create(null);

/** What `typescript/` takes from `node:module`. */
const moduleStandIn = { ...nodeModule, Module: LoadedModule, createRequire };

const ours = createRequire(here);

function createRequire(from: string) {
  const { resolve } = nodeModule.createRequire(from);
  const requireFrom = (name: string): unknown => {
    if (name === 'module' || name === 'node:module') return moduleStandIn;
    return nodeModule.isBuiltin(name) ? require(name) : load(resolve(name));
  };
  return Object.assign(requireFrom, { resolve, cache });
}

function load(file: string): unknown {
  const known = cache[file];
  if (known) return known.exports;
  const made = new LoadedModule(file);
  cache[file] = made;
  const text = readFileSync(file, 'utf8');
  if (file.endsWith('.json')) {
    made.exports = JSON.parse(text);
  } else {
    const parameters = ['exports', 'require', 'module', '__filename', '__dirname'];
    const body = compileFunction(commonJs(file, text), parameters, { filename: file });
    body.call(made.exports, made.exports, createRequire(file), made, file, dirname(file));
  }
  made.loaded = true;
  return made.exports;
}

function commonJs(file: string, text: string): string {
  if (!file.endsWith('.mjs')) return text;
  const ts = ours('typescript') as typeof typescript;
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ESNext };
  return ts.transpileModule(text, { compilerOptions }).outputText;
}

const { createCells } = ours('./cells') as typeof import('./cells');
const { serve } = ours('./serve') as typeof import('./serve');
const { standardFiles } = ours('./typescript/standard-files') as typeof import('./typescript/standard-files');

// Like the first cells of a notebook: what they need is parsed, compiled by V8, and has been used.
const FIRST_CELLS = [
  "import { Process, Lock, Queue, Pool, currentProcess } from 'parlab';",
  `const lock = new Lock();
async function greet(name: string) {
  await lock.acquire();
  console.log('Hello', name);
  lock.release();
}`,
  `interface Shape { id: number; name?: string }
class Circle implements Shape { id = 1; constructor(public r: number) {} }
new Circle(1)`,
  `for (const name of ['Ada']) new Process({ target: greet, args: [name] });
[1, 2, 3].map((x) => x + 1)`,
  'const wrong: string = 1;',
];

// The notebook's own folder will be another.
const cells = createCells({ directory: join(parse(here).root, 'nowhere') });
for (const [at, code] of FIRST_CELLS.entries()) cells.convert(code, { cell: at + 1 });
// It does not call complete(), which makes an Intl.Collator, with which no heap can be frozen.
cells.inspect('console.log', 9);
cells.isComplete('1 + 1');
cells.close();

const files = [here, ...Object.keys(cache), ...standardFiles()];
const stamps = files.map((file) => [file, statSync(file).mtimeMs]);
writeFileSync(stampsFile, JSON.stringify(stamps), { mode: 0o600 });
startupSnapshot.setDeserializeMainFunction(() => {
  serve(process.argv.at(-1) as string);
});
