// The student's own copy of the notebooks, which no update of the originals touches once she has changed it.
// What was copied is remembered by its hash, in a file beside the copies.
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { CliError } from '../../cli-error';
import { makeFolder } from '../../make-folder';

export interface WorkFolder {
  /** The folder from which the notebooks come. */
  originals: string;
  folder: string;
}

/** What became of one file; what stays as it was is not told. */
export interface Change {
  name: string;
  type: 'copied' | 'updated' | 'kept';
}

const MEMORY = '.originals.json';
/** Written anew with each start: it says how far she is. */
export const LANDING_PAGE = 'README.md';

/** Copies what is missing, and what is newer than a copy that she has not changed. */
export function bringUpToDate(work: WorkFolder): Change[] {
  const copied = rememberedIn(work.folder);
  const changes = filesIn(work.originals).flatMap((name): Change[] => {
    const now = contentHash(path.join(work.originals, name));
    const target = path.join(work.folder, name);
    const before = copied.get(name);
    if (!existsSync(target)) {
      copy(work, name);
      copied.set(name, now);
      return [{ name, type: 'copied' }];
    }
    const hers = contentHash(target);
    if (hers === now) copied.set(name, now);
    if (hers === now || before === now) return [];
    if (hers !== before) return [{ name, type: 'kept' }];
    copy(work, name);
    copied.set(name, now);
    return [{ name, type: 'updated' }];
  });
  remember(work.folder, copied);
  return changes;
}

/**
 * A fresh copy; hers stays beside it if she has written in it. Gives the name of the fresh one, and the new
 * name of hers.
 */
export function startOver(work: WorkFolder, wanted: string): { fresh: string; kept: string | undefined } {
  const notebooks = filesIn(work.originals).filter((name) => name.endsWith('.ipynb'));
  const found = meantBy(wanted, notebooks);
  const [fresh] = found;
  if (fresh === undefined || found.length > 1) {
    const which = fresh === undefined ? `There is no notebook ${wanted}` : `${wanted} may be any of several`;
    throw new CliError(`${which}: give one of ${notebooks.join(', ')}.`);
  }
  const target = path.join(work.folder, fresh);
  const copied = rememberedIn(work.folder);
  const kept = isHers(target, copied.get(fresh)) ? freeName(work.folder, fresh) : undefined;
  if (kept !== undefined) renameSync(target, path.join(work.folder, kept));
  copy(work, fresh);
  copied.set(fresh, contentHash(target));
  remember(work.folder, copied);
  return { fresh, kept };
}

/** Whether she has written in it since it was copied. */
function isHers(file: string, copied: string | undefined): boolean {
  return existsSync(file) && contentHash(file) !== copied;
}

/** Finds a notebook by its number (5 or 05), its file, the beginning of its name, or a word of it. */
function meantBy(wanted: string, notebooks: readonly string[]): string[] {
  const said = path.basename(wanted);
  const ways: ((base: string, name: string) => boolean)[] = [
    (base, name) => name === wanted || base === said,
    (base) => /^\d+$/.test(said) && Number.parseInt(base, 10) === Number(said),
    (base) => base.startsWith(said),
    (base) => base.includes(`-${said}`),
  ];
  const found = ways.map((way) => notebooks.filter((name) => way(path.basename(name), name)));
  return found.find((each) => each.length > 0) ?? [];
}

export function isWorkFolder(folder: string): boolean {
  return existsSync(path.join(folder, MEMORY));
}

function freeName(folder: string, name: string): string {
  const stem = name.replace(/\.ipynb$/, '');
  for (let number = 1; ; number += 1) {
    const free = `${stem}.mine-${number}.ipynb`;
    if (!existsSync(path.join(folder, free))) return free;
  }
}

/** All but hidden files, the landing page and what front ends leave. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(
      (name) =>
        name !== LANDING_PAGE &&
        !name.split(path.sep).some((part) => part.startsWith('.') || part === 'node_modules') &&
        statSync(path.join(folder, name)).isFile(),
    )
    .sort();
}

function copy({ originals, folder }: WorkFolder, name: string): void {
  makeFolder(path.dirname(path.join(folder, name)));
  copyFileSync(path.join(originals, name), path.join(folder, name));
}

/**
 * Hashes what a student can write into a notebook, and not what running or opening it leaves: outputs,
 * counts, versions.
 */
function contentHash(file: string): string {
  const bytes = readFileSync(file);
  const content = file.endsWith('.ipynb') ? (cellsIn(bytes.toString()) ?? bytes) : bytes;
  return createHash('sha256').update(content).digest('hex');
}

function cellsIn(text: string): string | undefined {
  try {
    const { cells } = JSON.parse(text) as { cells: { cell_type: string; source: string | string[] }[] };
    return JSON.stringify(
      cells.map(({ cell_type, source }) => [cell_type, Array.isArray(source) ? source.join('') : source]),
    );
  } catch {
    return undefined;
  }
}

function rememberedIn(folder: string): Map<string, string> {
  try {
    return new Map(Object.entries(JSON.parse(readFileSync(path.join(folder, MEMORY), 'utf8'))));
  } catch {
    // Not there yet, or spoiled: then every copy that differs counts as hers.
    return new Map();
  }
}

function remember(folder: string, copied: ReadonlyMap<string, string>): void {
  makeFolder(folder);
  writeFileSync(path.join(folder, MEMORY), `${JSON.stringify(Object.fromEntries(copied), null, 1)}\n`);
}
