// Whether a program has a `parlab` of its own, or is to find this installation's.

import { existsSync } from 'node:fs';
import path from 'node:path';

/** Whether the file lies where `parlab` has been installed for it. */
export function ownsParlab(file: string): boolean {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'node_modules', 'parlab'))) return true;
    if (folder === path.dirname(folder)) return false;
  }
}
