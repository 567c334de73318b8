// What `parlab run` loads before a TypeScript program: ts-node, and what it lacks for a program that is
// written as an ES module.
//
// The folder's name counts: children leave out what is preloaded from a folder `ts-node`, and load it when
// they need it.

import Module from 'node:module';
import path from 'node:path';
import { loadLocalModulesWhenAsked } from '../../local-modules/when-asked';
import { ownModule } from '../../own-modules';

interface Loader {
  runMain(file?: string): void;
  _load(file: string, parent: null, isMain: boolean): unknown;
  _resolveFilename(request: string, ...rest: unknown[]): string;
}

/** Node's own, for a program whose top-level await has nothing left to wait for. */
const UNSETTLED = 13;

const loader = Module as unknown as Loader;
const { runMain } = loader;

loadLocalModulesWhenAsked();
provideWidgets();

// Node's own would take an ES module for what Node can load itself.
loader.runMain = (file = process.argv[1]) => {
  if (file && /\.[cm]?tsx?$/.test(file)) run(path.resolve(file));
  else runMain(file);
};

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
  const { load, register } = require('../../local-modules/load') as typeof import('../../local-modules/load');
  const { faultText } =
    require('../../local-modules/told-faults') as typeof import('../../local-modules/told-faults');
  const { checked } = require('./settings') as typeof import('./settings');
  register(checked(file));
  process.stderr.write(faultText(path.dirname(file)));
  try {
    const ended = load(file, () => loader._load(file, null, true));
    if (ended) watch(ended, file);
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): never {
  if (!(error instanceof Error) || !('diagnosticText' in error)) throw error;
  process.stderr.write(`${error.diagnosticText}\n`);
  process.exit(1);
}

function watch(ended: Promise<void>, file: string): void {
  let isSettled = false;
  let isIdle = false;
  void ended.then(() => (isSettled = true), fail);
  process.on('beforeExit', () => (isIdle = !isSettled));
  process.on('exit', () => {
    if (!isIdle || process.exitCode) return;
    process.stderr.write(`Warning: a top-level await of ${file} never settled.\n`);
    process.exitCode = UNSETTLED;
  });
}
