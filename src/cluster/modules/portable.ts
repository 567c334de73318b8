// What a capture says by module and name, made to hold on another computer: a path becomes «this file of
// ParLab», «this file of this package» or «this file, which comes along», and there a path again.

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Captured, Node } from '../../capture/captured';
import { MissingExportError } from '../../errors';
import { type Bundle, bundleOf } from './bundle';
import { isOwn, nameOfOwn, ownFile } from './own-root';
import { findPackage, packageOf } from './package-of';
import { specifiersIn } from './specifiers';
import { placeInBundle } from './unpack';

/** The bundles that were made here: whose files may come back by their names. */
const made = new Map<string, Bundle>();

const OWN = 'parlab:';
const PACKAGE = 'npm:';
const LOCAL = 'local:';

/** The capture, in which each file that it names is named anew. */
function renamed(captured: Captured, rename: (file: string, isModule: boolean) => string): Captured {
  const nodes = captured.nodes.map((node): Node => {
    switch (node.type) {
      case 'module':
      case 'module-inside':
        return { ...node, id: rename(node.id, true) };
      case 'import-meta':
      case 'entry-module':
        return { ...node, file: rename(node.file, false) };
      case 'require':
        return node.file === undefined ? node : { ...node, file: rename(node.file, false) };
      default:
        return node;
    }
  });
  return { ...captured, nodes };
}

/** For a host. The bundle goes beside it. */
export function toHost(captured: Captured): { captured: Captured; bundle: Bundle | undefined } {
  const entries = new Set<string>();
  const places = new Set<string>();
  renamed(captured, (id, isModule) => {
    const file = fileOf(id);
    if (file === undefined || isOwn(file) || packageOf(file) !== undefined) return id;
    if (isModule) entries.add(file);
    else places.add(file);
    return id;
  });
  for (const place of places) for (const file of namedFrom(place, captured)) entries.add(file);
  const bundle = entries.size + places.size === 0 ? undefined : bundleOf(entries, places);
  const portable = renamed(captured, (id) => portableId(id, bundle));
  if (bundle !== undefined) made.set(bundle.hash, bundle);
  return { captured: portable, bundle };
}

function portableId(id: string, bundle: Bundle | undefined): string {
  const file = fileOf(id);
  if (file === undefined) return id;
  if (isOwn(file)) return OWN + nameOfOwn(file);
  const found = packageOf(file);
  if (found !== undefined) return `${PACKAGE}${found.name}@${found.version}:${found.inside}`;
  return bundle === undefined ? id : `${LOCAL}${bundle.hash}:${bundle.nameOf(file)}`;
}

/** Undefined for a module of Node, or what is no file. */
function fileOf(id: string): string | undefined {
  const file = id.startsWith('file:') ? fileURLToPath(id) : id;
  return isAbsolute(file) ? file : undefined;
}

/** What the functions of a script name by `require` and `import()`: nothing else tells of it. */
function* namedFrom(place: string, { nodes }: Captured): Generator<string> {
  if (existsSync(place)) yield* requiredBy(place);
  const { resolve } = createRequire(place);
  for (const node of nodes) {
    if (node.type !== 'function' && node.type !== 'class') continue;
    if (!/\b(?:require|import)\b/.test(node.source)) continue;
    for (const { text } of specifiersIn(`(${node.source})`, false)) {
      if (!/^\.{0,2}\//.test(text)) continue;
      try {
        yield resolve(text);
      } catch {
        // It would not be found here either.
      }
    }
  }
}

function requiredBy(place: string): string[] {
  const children = require.cache[place]?.children ?? [];
  return children
    .map(({ filename }) => filename)
    .filter((file) => packageOf(file) === undefined && !isOwn(file));
}

/** On the host. `folder`: where the bundle of this name lies. */
export function fromCaller(
  captured: Captured,
  require: NodeJS.Require,
  folder: (hash: string) => string,
): Captured {
  return renamed(captured, (id) => {
    const here = sharedId(id, require);
    if (here !== undefined) return here;
    const { hash, name } = localId(id);
    return join(folder(hash), ...name.split('/'));
  });
}

/** What a host answers: its files of a bundle are those that the caller has sent. */
export function toCaller(captured: Captured): Captured {
  return renamed(captured, (id) => {
    const file = fileOf(id);
    const place = file === undefined ? undefined : placeInBundle(file);
    if (place !== undefined) return `${LOCAL}${place.hash}:${place.name.split(sep).join('/')}`;
    return portableId(id, undefined);
  });
}

export function fromHost(captured: Captured, require: NodeJS.Require): Captured {
  return renamed(captured, (id) => {
    const here = sharedId(id, require);
    if (here !== undefined) return here;
    const { hash, name } = localId(id);
    const file = made.get(hash)?.files.get(name);
    if (file === undefined) throw new MissingExportError(name, 'anything');
    return file;
  });
}

/** Undefined for what comes in a bundle. */
function sharedId(id: string, require: NodeJS.Require): string | undefined {
  if (id.startsWith(OWN)) return ownFile(id.slice(OWN.length));
  if (id.startsWith(LOCAL)) return undefined;
  if (!id.startsWith(PACKAGE)) return id;
  const end = id.indexOf(':', PACKAGE.length);
  const at = id.lastIndexOf('@', end);
  const [name, version] = [id.slice(PACKAGE.length, at), id.slice(at + 1, end)];
  return join(findPackage({ name, version }, require), ...id.slice(end + 1).split('/'));
}

function localId(id: string): { hash: string; name: string } {
  const [, hash = '', name = ''] = /^local:([0-9a-f]*):(.*)$/.exec(id) ?? [];
  return { hash, name };
}
