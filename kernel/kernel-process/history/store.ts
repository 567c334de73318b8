// What was run, kept across kernels and restarts in a SQLite file with the tables of IPython's history. Knows
// nothing of the protocol.

import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type Libsql from 'libsql';
import { userDataFolder } from '../../jupyter-paths';
import { makeFolder } from '../../make-folder';

export interface Entry {
  line: number;
  input: string;
  output: string | null;
}

/** `session` counts the kernels that ever wrote into the file. */
export interface StoredEntry extends Entry {
  session: number;
}

/** Another kernel may be writing for a moment. The whole kernel stands meanwhile. */
const BUSY_MS = 50;

const TABLES = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS sessions (
    session INTEGER PRIMARY KEY AUTOINCREMENT, start TIMESTAMP, end TIMESTAMP, num_cmds INTEGER, remark TEXT);
  CREATE TABLE IF NOT EXISTS history (
    session INTEGER, line INTEGER, source TEXT, source_raw TEXT, PRIMARY KEY (session, line));
  CREATE TABLE IF NOT EXISTS output_history (
    session INTEGER, line INTEGER, output TEXT, PRIMARY KEY (session, line));`;

const ENTRIES = `
  SELECT session, line, source_raw AS input, output
  FROM history LEFT JOIN output_history USING (session, line)`;

/** PARLAB_HISTORY names another file, or `:memory:` for none. */
export function historyFile(env = process.env): string {
  return env.PARLAB_HISTORY ?? join(userDataFolder(env), 'parlab', 'history.sqlite');
}

export class HistoryStore {
  readonly #database: Libsql.Database;
  readonly #session: number;
  #count = 0;

  /** Throws what the library throws when the file cannot be used, or is no database. */
  constructor(file: string) {
    // Loaded with the first cell that is to be remembered: a start without it is sooner.
    const Database = require('libsql') as typeof Libsql;
    if (file !== ':memory:') makePrivate(file);
    this.#database = new Database(file, { timeout: BUSY_MS });
    try {
      this.#database.exec(TABLES);
      const start = this.#database.prepare('INSERT INTO sessions (start, remark) VALUES (?, ?)');
      this.#session = Number(start.run(new Date().toISOString(), '').lastInsertRowid);
    } catch (error) {
      this.#database.close(); // it may be tried again
      throw error;
    }
  }

  add({ line, input, output }: Entry): void {
    this.#database
      .prepare('INSERT OR REPLACE INTO history VALUES (?, ?, ?, ?)')
      .run(this.#session, line, input, input);
    this.#count += 1;
    if (output === null) return;
    this.#database
      .prepare('INSERT OR REPLACE INTO output_history VALUES (?, ?, ?)')
      .run(this.#session, line, output);
  }

  /** The last `count`, the oldest of them first. */
  tail(count: number): StoredEntry[] {
    return this.#all(`${ENTRIES} ORDER BY session DESC, line DESC LIMIT ?`, count).reverse();
  }

  /** Lines from `start` to before `stop`; session 0 is this one, −1 the one before it. */
  range(session: number, start: number, stop: number | undefined): StoredEntry[] {
    const wanted = session <= 0 ? this.#session + session : session;
    const end = stop ?? Number.MAX_SAFE_INTEGER;
    return this.#all(
      `${ENTRIES} WHERE session = ? AND line >= ? AND line < ? ORDER BY line`,
      wanted,
      start,
      end,
    );
  }

  /**
   * The last `count` whose input matches the glob; `unique` leaves only the newest of those that are alike.
   */
  search(glob: string, count: number | undefined, unique: boolean): StoredEntry[] {
    // SQLite takes the other columns from the row that has the maximum.
    const newest = unique ? 'GROUP BY source_raw HAVING MAX(session * 1000000 + line)' : '';
    const found = `${ENTRIES} WHERE source_raw GLOB ? ${newest} ORDER BY session DESC, line DESC LIMIT ?`;
    return this.#all(found, glob, count ?? -1).reverse();
  }

  close(): void {
    const end = 'UPDATE sessions SET end = ?, num_cmds = ? WHERE session = ?';
    this.#database.prepare(end).run(new Date().toISOString(), this.#count, this.#session);
    this.#database.close();
  }

  #all(query: string, ...values: unknown[]): StoredEntry[] {
    return this.#database.prepare(query).all(...values) as StoredEntry[];
  }
}

/**
 * No other user is to read what a person types. SQLite gives its side files the permissions of the file
 * itself.
 */
function makePrivate(file: string): void {
  makeFolder(dirname(file), 0o700);
  if (existsSync(file)) chmodSync(file, 0o600);
  else writeFileSync(file, '', { mode: 0o600, flag: 'a' });
}
