// The image of a warmed compiler, for one installation and one version of Node. `parlab install` makes one
// for all users of the installation, beside its code; a kernel that finds none makes one in its user's cache.
// It is valid as long as no file that went into it has changed.

import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { constants, setPriority, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { cacheFolder } from 'parlab/system/cache-folder';
import { makeFolder } from '../../make-folder';
import { kernelCode } from '../../package-root';

export interface Image {
  readonly file: string;
  readonly stampsFile: string;
  /** For all who use this installation, which they trust already. */
  readonly isForAll: boolean;
}

/**
 * The options of V8 for the compiler. A young heap of the usual 16 MiB makes no cell quicker and holds 18 MiB
 * more.
 */
export const HEAP_OPTIONS = ['--max-semi-space-size=4', '--expose-gc'];

/**
 * The options of V8 for making an image and for starting from it, which have to be the same. Rehashing all
 * tables with a seed of the process's own would protect from names that collide on purpose, and takes a tenth
 * of the thawing.
 */
export const IMAGE_OPTIONS = [...HEAP_OPTIONS, '--no-rehash-snapshot'];

const UNUSED_MS = 60 * 24 * 60 * 60 * 1000;

const FREEZE = join(__dirname, '..', '..', 'compiler-process', 'freeze.js');

/** Where this user's image for this installation and this Node lies, if there is one. */
export function imageOf(folder = cacheFolder()): Image {
  return imageIn(folder, false);
}

/** The same for the image of all users. */
export function installedImage(): Image {
  return imageIn(join(kernelCode, 'image'), true);
}

/**
 * An image to start from, but for files that did not start. The user's own comes first: one that was
 * installed on another machine may not start here, and then she has made her own.
 */
export function usableImage(except: ReadonlySet<string> = new Set()): Image | undefined {
  const candidates = process.env.PARLAB_CACHE ? [imageOf()] : [imageOf(), installedImage()];
  return candidates.find((image) => !except.has(image.file) && isUsable(image));
}

function imageIn(folder: string, isForAll: boolean): Image {
  const identity = [kernelCode, process.version, process.arch, process.execPath, ...IMAGE_OPTIONS].join('\n');
  const name = createHash('sha256').update(identity).digest('base64url').slice(0, 16);
  return { file: join(folder, `${name}.image`), stampsFile: join(folder, `${name}.json`), isForAll };
}

export function isUsable({ file, stampsFile, isForAll }: Image): boolean {
  try {
    // It is run, so only those may have written it whose code we run anyway.
    const owners = isForAll ? [0, userInfo().uid, statSync(FREEZE).uid] : [userInfo().uid];
    if (![file, stampsFile].every((each) => isOnlyOf(owners, each)) || !isSafe(dirname(file), owners))
      return false;
    const stamps = JSON.parse(readFileSync(stampsFile, 'utf8')) as [path: string, mtimeMs: number][];
    return stamps.every(([path, mtimeMs]) => statSync(path).mtimeMs === mtimeMs);
  } catch {
    return false;
  }
}

export function removeImage({ file, stampsFile }: Image): void {
  rmSync(stampsFile, { force: true });
  rmSync(file, { force: true });
}

export interface Making {
  /** Whether an image was made. */
  readonly done: Promise<boolean>;
  /** Leaves nothing half made. */
  stop(): void;
}

/** Takes some seconds of a processor, at the lowest priority. An image that is in use is left as it is. */
export function makeImage(
  { file, stampsFile, isForAll }: Image,
  runs: (pid: number | undefined) => void = () => {},
): Making {
  const own = { file: `${file}.${process.pid}`, stampsFile: `${stampsFile}.${process.pid}`, isForAll };
  const program = `${file}.${process.pid}.js`;
  let freezing: ChildProcess | undefined;
  const made = async (): Promise<boolean> => {
    const folder = dirname(file);
    makeFolder(folder, isForAll ? 0o755 : 0o700);
    if (!isSafe(folder, [userInfo().uid])) return false;
    removeForsaken(folder);
    // While a heap is made, programs get no `exports`.
    const text = `const exports = {};\n${readFileSync(FREEZE, 'utf8')}`;
    writeFileSync(program, text, { mode: 0o600, flag: 'wx' });
    const image = ['--snapshot-blob', own.file, '--build-snapshot'];
    const args = [...IMAGE_OPTIONS, ...image, program, FREEZE, own.stampsFile];
    // Many of the options in NODE_OPTIONS are not allowed here.
    const env = { ...process.env, NODE_OPTIONS: '' };
    freezing = withOwnFiles(() => spawn(process.execPath, args, { stdio: 'ignore', env }));
    runs(freezing.pid);
    const code = await new Promise<number | null>((resolve) => {
      freezing?.once('exit', resolve);
      freezing?.once('error', () => resolve(null));
      if (freezing?.pid) setPriority(freezing.pid, constants.priority.PRIORITY_LOW);
    });
    runs(undefined);
    if (code !== 0) return false;
    for (const each of [own.file, own.stampsFile]) chmodSync(each, isForAll ? 0o644 : 0o600);
    renameSync(own.file, file);
    renameSync(own.stampsFile, stampsFile);
    return true;
  };
  const clear = (): void => {
    try {
      removeImage(own);
      rmSync(program, { force: true });
    } catch {
      // The next maker removes it, if the folder lets it.
    }
  };
  const done = made()
    .catch(() => false)
    .finally(clear);
  const stop = (): void => {
    freezing?.kill('SIGKILL');
    clear();
  };
  return { done, stop };
}

/** What a process left that was killed while it made an image, and the images of Nodes that are gone. */
function removeForsaken(folder: string): void {
  for (const name of readdirSync(folder)) {
    const maker = /\.(\d+)(\.js)?$/.exec(name)?.[1];
    const isForsaken = maker === undefined ? isUnused(join(folder, name)) : !isAlive(Number(maker));
    if (isForsaken) rmSync(join(folder, name), { force: true });
  }
}

/** An image of 40 MB, or its stamps. Who uses it once more makes it once more. */
function isUnused(file: string): boolean {
  if (!/\.(image|json)$/.test(file)) return false;
  const { atimeMs, mtimeMs } = statSync(file);
  return Date.now() - Math.max(atimeMs, mtimeMs) > UNUSED_MS;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Starts a program so that no other user can read or write what it writes. */
function withOwnFiles<T>(start: () => T): T {
  const mask = process.umask(0o077);
  try {
    return start();
  } finally {
    process.umask(mask);
  }
}

/**
 * Whether no other user could put another file in the place of ours: with the sticky bit only its owner
 * could.
 */
function isSafe(folder: string, owners: readonly number[]): boolean {
  if (process.platform === 'win32') return true;
  const { uid, mode } = statSync(folder);
  return (mode & 0o1000) !== 0 || ((mode & 0o022) === 0 && [0, ...owners].includes(uid));
}

function isOnlyOf(owners: readonly number[], file: string): boolean {
  const { uid, mode } = lstatSync(file);
  if (process.platform === 'win32') return true;
  return owners.includes(uid) && (mode & 0o022) === 0;
}
