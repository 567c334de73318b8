// What lies beside notebooks and is used by them: pictures, data, modules.
import { copyFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../../make-folder';

/** Their names within the folder: no notebooks, and nothing hidden. */
export function otherFilesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) =>
      !name.endsWith('.ipynb') &&
      !name.split(path.sep).some((part) => part.startsWith('.') || part === 'node_modules') &&
      statSync(path.join(folder, name)).isFile(),
  );
}

export function copyFiles(names: readonly string[], from: string, to: string): void {
  for (const name of names) {
    makeFolder(path.dirname(path.join(to, name)));
    copyFileSync(path.join(from, name), path.join(to, name));
  }
}
