// What `parlab run` loads before a TypeScript program: ts-node, and what it lacks for a program that is
// written as an ES module.
//
// The folder's name counts: children leave out what is preloaded from a folder `ts-node`, and load it when
// they need it.

import Module, { createRequire } from 'node:module';
import path from 'node:path';
import { leaveOurs } from '../../our-files';
import { ownModule } from '../../own-modules';
import { createImportMeta } from '../../session-process/environment/import-meta';
import { isModule, settingsFor, withWidgets } from './settings';
import { withTopLevelAwait } from './top-level-await';

interface Loaded extends NodeJS.Module {
  /** Of a program that awaits at its top level. */
  ended?: Promise<void>;
  importMeta?: unknown;
}

interface Loader {
  runMain(file?: string): void;
  _load(file: string, parent: null, isMain: boolean): unknown;
  _resolveFilename(request: string, ...rest: unknown[]): string;
  prototype: { _compile(this: Loaded, javascript: string, file: string): unknown };
}

/** Node's own, for a program whose top-level await has nothing left to wait for. */
const UNSETTLED = 13;

const loader = Module as unknown as Loader;
const { runMain } = loader;
const { _compile: compile } = loader.prototype;

registerTsNode(path.resolve(process.argv[1] ?? ''));
provideWidgets();

// Node's own would take an ES module for what Node can load itself.
loader.runMain = (file = process.argv[1]) => {
  if (file && /\.tsx?$/.test(file)) run(path.resolve(file));
  else runMain(file);
};

function registerTsNode(main: string): void {
  const { create, register } = require('ts-node') as typeof import('ts-node');
  const asked = settingsFor(main);
  const settings = withWidgets(asked, create(asked).config.options);
  const service = create(settings);
  const needsCommonJs = isModule(main, service.config.options.module);
  const used = needsCommonJs
    ? create({ ...settings, moduleTypes: { [`${path.parse(main).root}**/*`]: 'cjs' } })
    : service;
  leaveOurs(used);
  register(used);
}

/**
 * Where `parlab` is installed, that package answers for its names, and the controls lie in the kernel's. The
 * library, which tells the program's children, is loaded with the first module of ours.
 */
function provideWidgets(): void {
  const { _resolveFilename: resolve } = loader;
  let isProvided = false;
  loader._resolveFilename = function (request, ...rest) {
    if (isProvided || ownModule(request) === undefined) return resolve.call(this, request, ...rest);
    isProvided = true;
    const { provideModules } = require('parlab/host') as typeof import('parlab/host');
    provideModules({ 'parlab/widgets': require.resolve('../../session-process/widgets/index') });
    return loader._resolveFilename.call(this, request, ...rest);
  };
}

function run(file: string): void {
  loader.prototype._compile = function (javascript, name) {
    loader.prototype._compile = compile;
    this.importMeta = createImportMeta(file, createRequire(file));
    return compile.call(this, withTopLevelAwait(javascript), name);
  };
  try {
    loader._load(file, null, true);
  } catch (error) {
    if (!(error instanceof Error) || !('diagnosticText' in error)) throw error;
    process.stderr.write(`${error.diagnosticText}\n`);
    process.exit(1);
  }
  const { ended } = process.mainModule as Loaded;
  if (ended) watch(ended, file);
}

function watch(ended: Promise<void>, file: string): void {
  let isSettled = false;
  let isIdle = false;
  void ended.then(() => (isSettled = true));
  process.on('beforeExit', () => (isIdle = !isSettled));
  process.on('exit', () => {
    if (!isIdle || process.exitCode) return;
    process.stderr.write(`Warning: a top-level await of ${file} never settled.\n`);
    process.exitCode = UNSETTLED;
  });
}
