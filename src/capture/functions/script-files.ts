// From which file a script was read, without the debugger: to enable that takes V8 up to some hundred
// milliseconds the first time, for it hashes the text of every script. V8 tells the text of a function's
// script for nothing. A file with the very same text is the script, where only one can be meant.
import { readFileSync, statSync } from 'node:fs';
import type { Profiler } from 'node:inspector';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { functionsOfV8 } from '../functions-of-v8';
import { inspectorSession, post } from './inspection';
import { readsAs } from './reads-as';

interface ScriptFile {
  /** As in stack traces. */
  readonly url: string;
  readonly text: string;
  readonly isModule: boolean;
}

export type AnyFunction = (...args: never[]) => unknown;

const askV8 = functionsOfV8(() => new Function('made', 'return %FunctionGetScriptSource(made)'));

/** Returns undefined where the file might say something else than the script: nothing is guessed. */
export function fileOfScript(made: AnyFunction, scriptId: string): ScriptFile | undefined {
  const text = textOfScript(made);
  // It may say in its last lines where it comes from.
  if (text === undefined || /\bsource(?:URL=|MappingURL=\s{0,20}data:)/.test(text)) return undefined;
  return commonJsModule(text) ?? esModule(text, scriptId);
}

function textOfScript(made: AnyFunction): string | undefined {
  try {
    const text: unknown = askV8((scriptSource) => scriptSource(made));
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined; // This V8 has no such function.
  }
}

/** Lengths of the files of modules, in bytes, each asked for once. */
const sizes = new Map<string, number>();

function commonJsModule(text: string): ScriptFile | undefined {
  const bytes = Buffer.byteLength(text);
  const alike = Object.keys(require.cache).filter((file) => {
    const more = sizeOf(file) - bytes;
    // A mark of the byte order may be no part of the script.
    return (more === 0 || more === 3) && isText(file, text);
  });
  const [file] = alike;
  if (file === undefined || alike.length > 1 || !isCommonJs(file, text)) return undefined;
  return { url: file, text, isModule: false };
}

function sizeOf(file: string): number {
  let size = sizes.get(file);
  if (size === undefined) {
    size = statSync(file, { throwIfNoEntry: false })?.size ?? -1;
    sizes.set(file, size);
  }
  return size;
}

function isText(file: string, text: string): boolean {
  try {
    const read = readFileSync(file, 'utf8');
    return read === text || read === `\uFEFF${text}`;
  } catch {
    return false;
  }
}

/** Newer Nodes have ES modules in the cache, too. One called `.js` knows neither of the two words. */
function isCommonJs(file: string, text: string): boolean {
  if (extname(file) === '.cjs') return true;
  const isModule = /^[ \t]*(?:import|export)\b/m.test(text) || !/\b(?:require|exports)\b/.test(text);
  return extname(file) === '.js' && !isModule;
}

/** No list names the ES modules; the counts of calls, which V8 keeps anyway, name those that they know. */
function esModule(text: string, scriptId: string): ScriptFile | undefined {
  const url = urlOfScript(scriptId);
  if (url?.startsWith('node:')) return { url, text, isModule: false };
  if (!url?.startsWith('file:')) return undefined;
  const file = fileURLToPath(url);
  if (!isText(file, text)) return undefined;
  // What cannot be a script is a module.
  const isModule = extname(file) === '.mjs' || (readsAs('module', text) && !readsAs('script', text));
  return isModule ? { url, text, isModule } : undefined;
}

let urls = new Map<string, string>();

function urlOfScript(scriptId: string): string | undefined {
  if (!urls.has(scriptId)) urls = countedScripts();
  return urls.get(scriptId);
}

/** They are read, and none is begun anew: whoever measures the coverage of the program is not disturbed. */
function countedScripts(): Map<string, string> {
  const session = inspectorSession();
  // It is not disabled again: that would end the measuring of others.
  post(session, 'Profiler.enable', {});
  const { result } = post<Profiler.GetBestEffortCoverageReturnType>(
    session,
    'Profiler.getBestEffortCoverage',
    {},
  );
  return new Map(result.map(({ scriptId, url }) => [scriptId, url]));
}
