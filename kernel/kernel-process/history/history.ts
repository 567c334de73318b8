// The history of a kernel: written a moment after each cell, so that no cell waits for a disk, and empty
// where there is no file for it.

import { type Entry, HistoryStore, type StoredEntry } from './store';

export class History {
  readonly #file: string;
  readonly #log: (sentence: string) => void;
  #store: HistoryStore | undefined;
  #failed = false;
  #waiting: Entry[] = [];

  constructor(file: string, log: (sentence: string) => void) {
    this.#file = file;
    this.#log = log;
  }

  add(entry: Entry): void {
    this.#waiting.push(entry);
    if (this.#waiting.length === 1) setImmediate(() => this.#write());
  }

  /** What the question finds, with everything that was added before it. */
  find(question: (store: HistoryStore) => StoredEntry[]): StoredEntry[] {
    this.#write();
    return this.#use(question) ?? [];
  }

  close(): void {
    this.#write();
    if (this.#store) this.#use((store) => store.close());
    this.#failed = true;
  }

  #write(): void {
    const entries = this.#waiting;
    this.#waiting = [];
    if (entries.length === 0) return;
    this.#use((store) => {
      for (const entry of entries) store.add(entry);
    });
  }

  #use<T>(use: (store: HistoryStore) => T): T | undefined {
    if (this.#failed) return undefined;
    try {
      this.#store ??= new HistoryStore(this.#file);
      return use(this.#store);
    } catch (error) {
      // A full disk or a locked file must not cost a cell.
      this.#failed = true;
      this.#log(`There is no history from here on (${this.#file}): ${(error as Error).message}`);
      return undefined;
    }
  }
}
