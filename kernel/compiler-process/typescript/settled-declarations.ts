// The older declarations of a notebook as a file of the compiler's, which is read again only when they
// change.

import ts from 'typescript';

export class SettledDeclarations {
  readonly path: string;
  #text = '';
  #changed: ts.FileWatcherCallback | undefined;

  constructor(path: string) {
    this.path = path;
  }

  read(path: string): string | undefined {
    return path === this.path ? `export {};\n${this.#text}` : undefined;
  }

  watch(path: string, changed: ts.FileWatcherCallback): ts.FileWatcher | undefined {
    if (path !== this.path) return undefined;
    this.#changed = changed;
    return { close: () => {} };
  }

  replace(text: string): void {
    if (text === this.#text) return;
    this.#text = text;
    this.#changed?.(this.path, ts.FileWatcherEventKind.Changed);
  }
}
