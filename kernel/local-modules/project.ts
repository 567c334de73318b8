// The project that a file belongs to: the settings of the nearest tsconfig.json, read again when it has
// changed.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { type FilePatterns, matchesFiles } from './file-patterns';
import { isInstalled } from './paths';
import { faultOfFile, faultsOfBases } from './settings-faults';
import { stampOf } from './stamp';

export interface Project {
  /** The path of its tsconfig.json. */
  readonly file: string;
  readonly options: ts.CompilerOptions;
  /** Whether its settings are meant for files that lie in the folder. */
  includes(folder: string): boolean;
}

interface Read {
  /** One, or where it has no files of its own those that it refers to; none if it cannot be read. */
  readonly projects: readonly Project[];
  /** Why it, or what it extends, does not count. */
  readonly faults: readonly ts.Diagnostic[];
  /** The file itself, what it extends, and what it refers to. */
  readonly stamps: ReadonlyMap<string, string | undefined>;
}

const known = new Map<string, Read>();

/** Nothing where there is no tsconfig.json, where it cannot be read, and for a package that was installed. */
export function projectOf(folder: string): Project | undefined {
  const file = configFileOf(folder);
  if (file === undefined) return undefined;
  const { projects } = read(file);
  return projects.find((each) => each.includes(folder)) ?? projects[0];
}

/** Changes when the settings of the folder may have changed. */
export function projectStamp(folder: string): string {
  const file = configFileOf(folder);
  return file === undefined ? '' : [...read(file).stamps].flat().join();
}

/** Why settings that stand in its tsconfig.json, or that this one extends, do not count. */
export function projectFaults(folder: string): readonly ts.Diagnostic[] {
  const file = configFileOf(folder);
  return file === undefined ? [] : read(file).faults;
}

/** Whether the project has a TypeScript of its own from before 6, which takes other settings for granted. */
export function isOlderThan6(file: string): boolean {
  try {
    const manifest = createRequire(file).resolve('typescript/package.json');
    const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
    return Number.parseInt(version, 10) < 6;
  } catch {
    return false;
  }
}

function configFileOf(folder: string): string | undefined {
  if (isInstalled(folder)) return undefined;
  return ts.findConfigFile(folder, ts.sys.fileExists);
}

function read(file: string): Read {
  const before = known.get(file);
  if (before && [...before.stamps].every(([path, stamp]) => stampOf(path) === stamp)) return before;
  const stamps = new Map<string, string | undefined>();
  const faults: ts.Diagnostic[] = [];
  const result = { projects: parse(file, stamps, faults), stamps, faults };
  known.set(file, result);
  return result;
}

function parse(file: string, stamps: Map<string, string | undefined>, faults: ts.Diagnostic[]): Project[] {
  const readFile = (path: string): string | undefined => {
    stamps.set(path, stampOf(path));
    return ts.sys.readFile(path);
  };
  const { config, error } = ts.readConfigFile(file, readFile);
  if (error) {
    faults.push(faultOfFile(file, error));
    return [];
  }
  const patterns: FilePatterns[] = [];
  const host: ts.ParseConfigHost = {
    ...ts.sys,
    readFile,
    readDirectory: (root, extensions, excludes, includes) => {
      patterns.push({ root, extensions, excludes, includes });
      return [];
    },
  };
  // These are the settings for ts-node that ts-node puts above the others.
  const compilerOptions = { ...config.compilerOptions, ...config['ts-node']?.compilerOptions };
  const { options, projectReferences, errors } = ts.parseJsonConfigFileContent(
    { ...config, compilerOptions },
    host,
    dirname(file),
  );
  faults.push(...faultsOfBases(file, errors));
  const includes = (place: string): boolean => patterns.some((each) => matchesFiles(place, each));
  if (patterns.length > 0 || !projectReferences) return [{ file, options, includes }];
  const parts = projectReferences.map(({ path }) =>
    path.endsWith('.json') ? path : join(path, 'tsconfig.json'),
  );
  return parts.flatMap((part) => (stamps.has(part) ? [] : parse(part, stamps, faults)));
}
