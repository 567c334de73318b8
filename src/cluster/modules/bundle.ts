// The local modules that something needs, with what they name in turn, as files that any computer can load.
// The name of a bundle is what it holds, so a host that has it once need not be sent it again.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, extname, join, posix, relative, sep } from 'node:path';
import { serialize } from 'node:v8';
import { type ModuleText, moduleText } from './module-texts';
import { isOwn } from './own-root';
import { type Package, packageOf } from './package-of';
import { replaced } from './specifiers';

/** As it travels. */
export interface BundleContent {
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** What the files name of packages. */
  readonly packages: readonly Package[];
}

export interface Bundle {
  readonly hash: string;
  readonly bytes: Uint8Array;
  /** By the names that they have in it. */
  readonly files: ReadonlyMap<string, string>;
  /** What a file of this computer is called in it, or a place among them. */
  nameOf(file: string): string;
}

interface Found {
  readonly text: ModuleText;
  /** The file that each specifier means, in their order; undefined where that is none of the program. */
  readonly means: readonly (string | undefined)[];
}

/** `places`: files that need not be there, from where others are looked up. */
export function bundleOf(entries: Iterable<string>, places: Iterable<string>): Bundle {
  const found = new Map<string, Found>();
  const packages = new Map<string, Package>();
  for (const entry of entries) visit(entry, found, packages);
  const all = [...found.keys()].sort();
  const root = commonFolder([...all, ...places]);
  const names = namesFor(root, all, found);
  const nameOf = (file: string) => names.get(file) ?? nameIn(root, file);
  const files: Record<string, Uint8Array> = {};
  const hash = createHash('sha256');
  for (const [file, { text, means }] of [...found].sort()) {
    const name = nameOf(file);
    const bytes = text.bytes ?? Buffer.from(withTheirNames(text, means, name, nameOf));
    files[name] = bytes;
    hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  }
  const needed = [...packages.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  hash.update(JSON.stringify(needed));
  const content: BundleContent = { files, packages: needed };
  return {
    hash: hash.digest('hex').slice(0, 32),
    bytes: serialize(content),
    files: new Map([...names].map(([file, name]) => [name, file])),
    nameOf,
  };
}

function visit(file: string, found: Map<string, Found>, packages: Map<string, Package>): void {
  if (found.has(file) || !existsSync(file)) return;
  const text = moduleText(file, isInModulePackage);
  const means = text.specifiers.map((specifier) => fileMeantBy(specifier.text, file));
  // A required name may have been put together, so what was loaded says more than what is written.
  const loaded = text.kind === 'commonjs' ? (require.cache[file]?.children ?? []) : [];
  const needed = [...means, ...loaded.map(({ filename }) => filename)];
  found.set(file, { text, means: means.map((each) => (each && isLocal(each) ? each : undefined)) });
  for (const each of needed) {
    if (each === undefined || isOwn(each)) continue;
    const { name, version } = packageOf(each) ?? {};
    if (name === undefined) visit(each, found, packages);
    else packages.set(name, { name, version: version ?? '' });
  }
}

function isLocal(file: string): boolean {
  return packageOf(file) === undefined && !isOwn(file);
}

function fileMeantBy(specifier: string, from: string): string | undefined {
  if (isBuiltin(specifier)) return undefined;
  const { resolve } = createRequire(from);
  // TypeScript names the file that the compiler will write.
  for (const name of [specifier, specifier.replace(/\.([cm]?)js$/, '.$1ts')]) {
    try {
      return resolve(name);
    } catch {
      // A package without anything for `require`, or nothing that is needed.
    }
  }
  return isBare(specifier) ? packageFolder(specifier, resolve) : undefined;
}

const isBare = (specifier: string) => /^(?:@[^/]+\/)?[^./#][^/]*/.test(specifier);

function packageFolder(specifier: string, resolve: NodeJS.RequireResolve): string | undefined {
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
  const folder = (resolve.paths(name) ?? []).find((path) => existsSync(join(path, name, 'package.json')));
  return folder && join(folder, name, 'package.json');
}

function isInModulePackage(file: string): boolean {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest)) {
      return (JSON.parse(readFileSync(manifest, 'utf8')) as { type?: string }).type === 'module';
    }
    if (folder === dirname(folder)) return false;
  }
}

function commonFolder(files: readonly string[]): string {
  let folder = dirname(files[0] as string);
  while (!files.every((file) => file.startsWith(folder.endsWith(sep) ? folder : folder + sep))) {
    folder = dirname(folder);
  }
  return folder;
}

const nameIn = (root: string, file: string) => relative(root, file).split(sep).join('/');

/** What is loaded by its extension gets the one that says what it is. */
function namesFor(root: string, files: string[], found: Map<string, Found>): Map<string, string> {
  const taken = new Set<string>();
  const names = new Map<string, string>();
  for (const file of files) {
    const name = nameIn(root, file);
    const { kind } = (found.get(file) as Found).text;
    const extension = extname(name);
    // As a package.json it would say what its neighbours are.
    const isManifest = name === 'package.json' || name.endsWith('/package.json');
    const stem = name.slice(0, name.length - extension.length) + (isManifest ? '-1' : '');
    const fitting =
      kind === 'data' ? extension : kind === 'module' ? '.mjs' : extension === '.cjs' ? '.cjs' : '.js';
    let chosen = stem + fitting;
    for (let count = 2; taken.has(chosen); count++) chosen = `${stem}-${count}${fitting}`;
    taken.add(chosen);
    names.set(file, chosen);
  }
  return names;
}

/**
 * Returns the text with the names that its modules have in the bundle: a path of the settings means nothing
 * there, nor does a name without its extension or with that of TypeScript.
 */
function withTheirNames(
  { text, specifiers }: ModuleText,
  means: Found['means'],
  name: string,
  nameOf: (file: string) => string,
): string {
  const changes = specifiers.flatMap((specifier, place) => {
    const file = means[place];
    if (file === undefined) return [];
    const path = posix.relative(posix.dirname(name), nameOf(file));
    return [{ specifier, by: path.startsWith('.') ? path : `./${path}` }];
  });
  return replaced(text, changes);
}
