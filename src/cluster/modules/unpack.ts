// Bundles on the disk of a host, each in a folder of its own that only this user can read, for all who need
// it.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, normalize, sep } from 'node:path';
import { deserialize } from 'node:v8';
import { cacheFolder } from '../../system/cache-folder';
import type { BundleContent } from './bundle';
import { ownPackage } from './own-root';
import { findPackage } from './package-of';

const HASH = /^[0-9a-f]{32}$/;

function base(): string {
  return join(cacheFolder(), 'modules');
}

/**
 * The folder. `require` looks up the packages that the files need; throws a MissingModuleError for one that
 * is not there.
 */
export function unpack(hash: string, bytes: Uint8Array, require: NodeJS.Require): string {
  if (!HASH.test(hash)) throw new TypeError('No name of a bundle.');
  const { files, packages } = deserialize(bytes) as BundleContent;
  const links = new Map(packages.map((each) => [each.name, realpathSync(findPackage(each, require))]));
  links.set('parlab', ownPackage);
  const which = createHash('sha256')
    .update(JSON.stringify([...links]))
    .digest('hex')
    .slice(0, 8);
  const folder = join(base(), `${hash}-${which}`);
  if (existsSync(folder)) return folder;
  const making = `${folder}.${process.pid}`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { recursive: true, mode: 0o700 });
  for (const [name, content] of Object.entries(files)) writeInto(making, name, content);
  // No package.json of a folder around it may say that the files are something else.
  writeFileSync(join(making, 'package.json'), '{}');
  for (const [name, target] of links) {
    const link = join(making, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(target, link);
  }
  try {
    renameSync(making, folder);
  } catch {
    rmSync(making, { recursive: true, force: true }); // Somebody else was first.
  }
  return folder;
}

function writeInto(folder: string, name: string, content: Uint8Array): void {
  const path = normalize(name);
  if (isAbsolute(path) || path.startsWith('..')) throw new TypeError(`No name of a file: ${name}`);
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

/** Of a file that came in a bundle: in which, and how it was called. */
export function placeInBundle(file: string): { hash: string; name: string } | undefined {
  const start = base() + sep;
  if (!file.startsWith(start)) return undefined;
  const match = /^([0-9a-f]{32})-[0-9a-f]{8}[\\/](.*)$/.exec(file.slice(start.length));
  return match === null ? undefined : { hash: match[1] as string, name: match[2] as string };
}
