// Compiles local modules: ts-node with ParLab's TypeScript and the settings of the module's own project.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Service } from 'ts-node';
import ts from 'typescript';
import { esSyntax, type Seen } from './es-syntax';
import { syntaxOf } from './meaning';
import { type Project, projectOf } from './project';
import { tsNode } from './ts-node';

export interface Compiled extends Readonly<Seen> {
  /** CommonJS, with its source map. If it awaits, its end is `module.ended`. */
  readonly javascript: string;
}

/** What the files of one project are compiled with, as it stands in a tsconfig.json. */
export type Settings = (project: Project | undefined) => {
  readonly compilerOptions: object;
  readonly transpileOnly: boolean;
  readonly ignoreDiagnostics: readonly number[];
};

/**
 * TypeScript's own numbers of faults in settings: in those of an older version, and about files that it is
 * not to write.
 */
const NOT_OURS_TO_SAY = [5011, 5095, 5101, 5102, 5103, 5107, 5108, 5109, 5110];

const seen: Seen = { awaits: false, imports: [] };
const services = new Map<string, Service>();

/** The kernel has checked the types when it converted the cell, and a parent those of its children. */
export const unchecked: Settings = (project) => ({
  compilerOptions: asJson({ ...syntaxOf(project), isolatedModules: true }),
  transpileOnly: true,
  ignoreDiagnostics: [],
});

export function compile(file: string, settings: Settings): Compiled {
  const project = projectOf(dirname(file));
  const { compilerOptions, transpileOnly, ignoreDiagnostics } = settings(project);
  const cwd = dirname(project?.file ?? file);
  const key = JSON.stringify([cwd, compilerOptions, transpileOnly]);
  let service = services.get(key);
  if (service === undefined) {
    service = tsNode().create({
      cwd,
      // We read it: of any TypeScript, and for each file its own.
      skipProject: true,
      compiler: require.resolve('typescript'),
      skipIgnore: true,
      transpileOnly,
      ignoreDiagnostics: [...NOT_OURS_TO_SAY, ...ignoreDiagnostics],
      compilerOptions: { module: 'commonjs', ignoreDeprecations: '6.0', ...compilerOptions },
      moduleTypes: { [join('/', '**', '*')]: 'cjs' },
      transformers: esSyntax(seen),
    });
    services.set(key, service);
  }
  const javascript = service.compile(readFileSync(file, 'utf8'), file);
  // What only types were taken from is not loaded.
  const imports = seen.imports.filter((name) => javascript.includes(`require(${JSON.stringify(name)})`));
  return { javascript, awaits: seen.awaits, imports };
}

export function asJson(options: ts.CompilerOptions): { [name: string]: unknown } {
  return Object.fromEntries(serializeCompilerOptions(options));
}

/** It is not in TypeScript's types. */
const { serializeCompilerOptions } = ts as unknown as {
  serializeCompilerOptions(options: ts.CompilerOptions): Map<string, unknown>;
};
