// Where the process works, also when somebody has removed that folder: Node throws then.
import { sep } from 'node:path';
import { process } from './node-process';

let last: string = sep;

/** As it was called last. */
export function currentFolder(): string {
  try {
    last = process.cwd();
  } catch {
    // There is nothing newer.
  }
  return last;
}

currentFolder();
