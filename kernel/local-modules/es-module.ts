// Whether Node takes a JavaScript file for an ES module.

import { readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';

export function isEsModule(file: string): boolean {
  if (extname(file) === '.mjs') return true;
  return extname(file) === '.js' && isInModulePackage(file);
}

function isInModulePackage(file: string): boolean {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    try {
      const description: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      return (description as { type?: unknown } | null)?.type === 'module';
    } catch {
      if (folder === dirname(folder)) return false;
    }
  }
}
