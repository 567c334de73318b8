// The older declarations of a notebook as a file of the compiler's, which is read again only when they
// change. Before them stands what cells refer to.

import ts from 'typescript';

export class SettledDeclarations {
  readonly path: string;
  #references = '';
  #text = '';
  #changed: ts.FileWatcherCallback | undefined;

  constructor(path: string) {
    this.path = path;
  }

  read(path: string): string | undefined {
    return path === this.path ? `${this.#references}export {};\n${this.#text}` : undefined;
  }

  watch(path: string, changed: ts.FileWatcherCallback): ts.FileWatcher | undefined {
    if (path !== this.path) return undefined;
    this.#changed = changed;
    return { close: () => {} };
  }

  replace(text: string, references: string): void {
    if (text === this.#text && references === this.#references) return;
    this.#references = references;
    this.#text = text;
    this.#changed?.(this.path, ts.FileWatcherEventKind.Changed);
  }
}
