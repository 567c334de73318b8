// The files of a program as it runs them: TypeScript as the JavaScript that it was compiled to, so that
// another computer needs neither a compiler nor the settings of the project.
import { readFileSync, statSync } from 'node:fs';
import { extname } from 'node:path';
import { loadedText } from '../../capture/functions/scripts';
import { NotSerializableError } from '../../errors';
import { type Specifier, specifiersIn } from './specifiers';

export interface ModuleText {
  readonly kind: 'commonjs' | 'module' | 'data';
  readonly text: string;
  readonly bytes: Buffer | undefined;
  readonly specifiers: readonly Specifier[];
}

const TYPESCRIPT = /\.[cm]?tsx?$/;
const JAVASCRIPT = /\.[cm]?js$/;

const known = new Map<string, { stamp: string; text: ModuleText }>();

/** `isModule`: whether a `.js` of that place is an ES module. */
export function moduleText(file: string, isModule: (file: string) => boolean): ModuleText {
  const { mtimeMs, size } = statSync(file);
  const stamp = `${mtimeMs} ${size}`;
  const before = known.get(file);
  if (before?.stamp === stamp) return before.text;
  const text = readText(file, isModule);
  known.set(file, { stamp, text });
  return text;
}

function readText(file: string, isModule: (file: string) => boolean): ModuleText {
  const extension = extname(file);
  if (TYPESCRIPT.test(file)) {
    const compiled = loadedText(file) ?? compiledAnew(file, isModule(file));
    return javaScript(compiled.text, compiled.isModule);
  }
  if (!JAVASCRIPT.test(file)) return { kind: 'data', text: '', bytes: readFileSync(file), specifiers: [] };
  const isEs = extension === '.mjs' || (extension === '.js' && isModule(file));
  return javaScript(readFileSync(file, 'utf8'), isEs);
}

function javaScript(text: string, isModule: boolean): ModuleText {
  const kind = isModule ? 'module' : 'commonjs';
  return { kind, text, bytes: undefined, specifiers: specifiersIn(text, isModule) };
}

interface Compiler {
  compile(code: string, file: string): string;
}

/** One that is named, but not loaded yet. */
function compiledAnew(file: string, isModule: boolean): { text: string; isModule: boolean } {
  const source = readFileSync(file, 'utf8');
  const service = (process as unknown as Record<symbol, Compiler | undefined>)[
    Symbol.for('ts-node.register.instance')
  ];
  if (service !== undefined) return { text: service.compile(source, file), isModule };
  const { stripTypeScriptTypes } = require('node:module') as {
    stripTypeScriptTypes?: (code: string) => string;
  };
  if (stripTypeScriptTypes !== undefined) return { text: stripTypeScriptTypes(source), isModule };
  throw new NotSerializableError(
    file,
    'target',
    'it is TypeScript that this program has not loaded, so nobody has compiled it',
    'Import it in this program, too',
  );
}
