// What a cell imports by name is what the module exports at any time: a connection that it opens later, a
// counter.

const { defineProperty } = Object;

type Names = { [name: string]: unknown };

/** Keeps the import live until a cell gives the name a value of its own. */
export function liveImport(exports: Names, name: string, module: Names, imported: string): void {
  // A module that is nothing has no names: that must be said here.
  void module[imported];
  const shown = { configurable: true, enumerable: true };
  defineProperty(exports, name, {
    ...shown,
    get: () => module[imported],
    set: (value: unknown) => void defineProperty(exports, name, { ...shown, value, writable: true }),
  });
}
