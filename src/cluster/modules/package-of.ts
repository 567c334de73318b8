// Packages: which one a file belongs to, and whether this computer has one that will do.
import { existsSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { MissingModuleError } from '../../errors';

export interface Package {
  readonly name: string;
  readonly version: string;
}

const FOLDER = `${sep}node_modules${sep}`;

/** Undefined for a file of the program itself. `inside`: its path in the package. */
export function packageOf(file: string): (Package & { inside: string }) | undefined {
  const at = file.lastIndexOf(FOLDER);
  if (at < 0) return undefined;
  const folder = file.slice(0, at + FOLDER.length);
  const parts = file.slice(folder.length).split(sep);
  const name = parts.splice(0, parts[0]?.startsWith('@') ? 2 : 1).join('/');
  return { name, version: versionIn(join(folder, name)) ?? '', inside: parts.join('/') };
}

function versionIn(folder: string): string | undefined {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return undefined;
  return String((JSON.parse(readFileSync(file, 'utf8')) as { version?: unknown }).version ?? '');
}

/** The folder of a package that will do, looked for as `require` does. Throws a MissingModuleError. */
export function findPackage({ name, version }: Package, require: NodeJS.Require): string {
  for (const folder of require.resolve.paths(name) ?? []) {
    const found = versionIn(join(folder, name));
    if (found === undefined) continue;
    if (!willDo(found, version)) throw new MissingModuleError(name, version, found);
    return join(folder, name);
  }
  throw new MissingModuleError(name, version, undefined);
}

/** As `^wanted` of npm: the same first number that is not 0, and nothing older. */
function willDo(found: string, wanted: string): boolean {
  if (found === wanted) return true;
  const [has, asked] = [numbersOf(found), numbersOf(wanted)];
  if (has === undefined || asked === undefined) return false;
  const telling = asked.findIndex((number) => number > 0);
  if (telling < 0) return false;
  for (let place = 0; place < asked.length; place++) {
    const [one = 0, other = 0] = [has[place], asked[place]];
    if (one !== other) return place > telling && one > other;
  }
  return true;
}

/** Undefined for what is released before its time: it is like no other. */
function numbersOf(version: string): number[] | undefined {
  const match = /^(\d+)\.(\d+)\.(\d+)$/.exec(version);
  return match?.slice(1).map(Number);
}
