// The student's own files that a notebook's program has read, looked at again before each conversion.
//
// Watching the file system instead would keep timers in the kernel and could miss a file that was saved a
// moment before its cell was run.

import { sep } from 'node:path';
import ts from 'typescript';
import { stampOf } from '../../local-modules/stamp';
import { kernelCode, libraryCode } from '../../package-root';

/** In a checkout ParLab's own types lie in no node_modules. */
const OWN_TYPES = [libraryCode, kernelCode].map((folder) => `${folder.replaceAll(sep, '/')}/`);

interface LocalFile {
  readonly changed: ts.FileWatcherCallback;
  stamp: string | undefined;
}

export class LocalFiles {
  readonly #files = new Map<string, LocalFile>();

  /** Has the form of TypeScript's `System.watchFile`. */
  readonly watch = (path: string, changed: ts.FileWatcherCallback): ts.FileWatcher => {
    if (!isStudents(path)) return { close() {} };
    this.#files.set(path, { changed, stamp: stampOf(path) });
    return { close: () => this.#files.delete(path) };
  };

  /** Tells the program about every file that changed since the last call; returns whether there was one. */
  report(): boolean {
    let any = false;
    for (const [path, file] of [...this.#files]) {
      const stamp = stampOf(path);
      if (stamp === file.stamp) continue;
      file.changed(path, kindOf(file.stamp, stamp));
      file.stamp = stamp;
      any = true;
    }
    return any;
  }
}

/** Whether a file of the program is one that the student may be editing. */
export function isStudents(path: string): boolean {
  return !path.includes('/node_modules/') && !OWN_TYPES.some((folder) => path.startsWith(folder));
}

function kindOf(before: string | undefined, now: string | undefined): ts.FileWatcherEventKind {
  if (now === undefined) return ts.FileWatcherEventKind.Deleted;
  return before === undefined ? ts.FileWatcherEventKind.Created : ts.FileWatcherEventKind.Changed;
}
