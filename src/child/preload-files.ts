// Loads, before there is a task, the modules that the program expects its children to need.
import { createRequire } from 'node:module';
import type { TypeScriptSetup } from '../identity/typescript-setup';
import { loadTypeScriptOnDemand } from './typescript-modules';

export function preloadFiles(files: readonly string[], typescript: TypeScriptSetup | undefined): void {
  const [first] = files;
  if (first === undefined) return;
  const require = createRequire(first);
  loadTypeScriptOnDemand(require, typescript);
  for (const file of files) {
    try {
      require(file);
    } catch {
      // It will throw again where the program requires it, which is where it can be seen.
    }
  }
}
