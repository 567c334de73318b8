// Modules that a host gives to its programs under names of its own, also where they are not installed: in
// every process of the program.
import Module from 'node:module';
import { myIdentity } from './identity';

interface Loader {
  _resolveFilename(request: string, ...rest: unknown[]): string;
}

let isHooked = false;

/**
 * From now on `require(name)` gives the file that stands beside the name, in this process and in all that it
 * starts.
 */
export function provideModules(files: Readonly<Record<string, string>>): void {
  const identity = myIdentity();
  identity.providedModules = { ...identity.providedModules, ...files };
  hookResolving();
}

/** A child calls it when it has learnt who it is. */
export function hookResolving(): void {
  if (isHooked || myIdentity().providedModules === undefined) return;
  isHooked = true;
  const loader = Module as unknown as Loader;
  const { _resolveFilename: resolve } = loader;
  loader._resolveFilename = function (request, ...rest) {
    const files = myIdentity().providedModules;
    const file = files !== undefined && Object.hasOwn(files, request) ? files[request] : undefined;
    return file ?? resolve.call(this, request, ...rest);
  };
}
