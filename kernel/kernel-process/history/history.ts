// The history of a kernel: written a moment after each cell, so that no cell waits for a disk, and empty
// where there is no file for it.

import { type Entry, HistoryStore, type StoredEntry } from './store';

/** Another program has locked the file. */
const AGAIN_MS = 1000;
/** What is kept meanwhile. */
const KEPT_ENTRIES = 1000;

export class History {
  readonly #file: string;
  readonly #log: (sentence: string) => void;
  #store: HistoryStore | undefined;
  #failed = false;
  #waiting: Entry[] = [];
  #later: NodeJS.Timeout | undefined;

  constructor(file: string, log: (sentence: string) => void) {
    this.#file = file;
    this.#log = log;
  }

  add(entry: Entry): void {
    if (this.#failed) return;
    if (this.#waiting.push(entry) > KEPT_ENTRIES) this.#waiting.shift();
    if (this.#waiting.length === 1) setImmediate(() => this.#write());
  }

  /** What the question finds, with everything that was added before it. */
  find(question: (store: HistoryStore) => StoredEntry[]): StoredEntry[] {
    this.#write();
    return this.#use(question) ?? [];
  }

  close(): void {
    clearTimeout(this.#later);
    this.#write();
    clearTimeout(this.#later);
    if (this.#store) this.#use((store) => store.close());
    this.#failed = true;
  }

  #write(): void {
    if (this.#waiting.length === 0) return;
    this.#use((store) => {
      for (let entry = this.#waiting[0]; entry; entry = this.#waiting[0]) {
        store.add(entry);
        this.#waiting.shift();
      }
    });
  }

  #use<T>(use: (store: HistoryStore) => T): T | undefined {
    if (this.#failed) return undefined;
    try {
      this.#store ??= new HistoryStore(this.#file);
      return use(this.#store);
    } catch (error) {
      if ((error as { code?: string }).code === 'SQLITE_BUSY') {
        clearTimeout(this.#later);
        this.#later = setTimeout(() => this.#write(), AGAIN_MS).unref();
        return undefined;
      }
      // A full disk must not cost a cell.
      this.#failed = true;
      this.#waiting = [];
      this.#log(`There is no history from here on (${this.#file}): ${(error as Error).message}`);
      return undefined;
    }
  }
}
