// Loads what loads TypeScript with the first file that is TypeScript, in this process and in its children.

import Module from 'node:module';

type Handler = (module: NodeJS.Module, file: string) => void;

const EXTENSIONS = ['.ts', '.tsx', '.cts', '.mts'];

/** Where the library, whichever copy of it, learns how children load TypeScript. */
const SETUP = Symbol.for('parlab.loadTypeScript');

export function loadLocalModulesWhenAsked(): void {
  Object.assign(process, { [SETUP]: require.resolve('./register') });
  const handlers = (Module as unknown as { _extensions: Record<string, Handler> })._extensions;
  for (const extension of EXTENSIONS) {
    handlers[extension] = (module, file) => {
      const { loadModule } = require('./register') as typeof import('./register');
      loadModule(module, file);
    };
  }
}
