// From which file a script was read, without the debugger: to enable that takes V8 up to some hundred
// milliseconds the first time, for it hashes the text of every script. The counts of calls, which V8 keeps
// in any case, name each script's file and length in a tenth of it.
import { readFileSync, statSync } from 'node:fs';
import type { Profiler } from 'node:inspector';
import Module from 'node:module';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { performance } from '../../system/timers';
import { inspectFunction, inspectorSession, post } from './inspection';

export interface ScriptFile {
  /** As in stack traces. */
  readonly url: string;
  readonly text: string;
  readonly isModule: boolean;
}

interface Counted {
  readonly url: string;
  readonly length: number;
}

const { timeOrigin } = performance;
let counted = new Map<string, Counted>();

/** Undefined where the file might say something else than the script: nothing is guessed. */
export function fileOfScript(scriptId: string): ScriptFile | undefined {
  if (!counted.has(scriptId)) counted = countedScripts();
  const { url, length } = counted.get(scriptId) ?? {};
  if (!url?.startsWith('file:')) return undefined;
  try {
    const file = fileURLToPath(url);
    const text = readFileSync(file, 'utf8');
    // It was written since, or compiled on its way to V8, or says in its last lines where it comes from.
    if (text.length !== length || statSync(file).mtimeMs >= timeOrigin) return undefined;
    if (/\bsource(?:URL=|MappingURL=\s{0,20}data:)/.test(text)) return undefined;
    if (extname(file) === '.mjs') return { url, text, isModule: true };
    return isCommonJs(file, text) ? { url: file, text, isModule: false } : undefined;
  } catch {
    return undefined;
  }
}

/** They are read, and none is begun anew: whoever measures the coverage of the program is not disturbed. */
function countedScripts(): Map<string, Counted> {
  const session = inspectorSession();
  // It is not disabled again: that would end the measuring of others.
  post(session, 'Profiler.enable', {});
  const { result } = post<Profiler.GetBestEffortCoverageReturnType>(
    session,
    'Profiler.getBestEffortCoverage',
    {},
  );
  return new Map(
    result.map(({ scriptId, url, functions }) => {
      const whole = functions[0]?.ranges[0];
      return [scriptId, { url, length: whole?.startOffset === 0 ? whole.endOffset : -1 }];
    }),
  );
}

/** Loaded by Node itself. A file called `.js` may be an ES module, which knows neither of the two words. */
function isCommonJs(file: string, text: string): boolean {
  if (require.cache[file] === undefined || !isNodes(compileOfNode()) || !isNodes(loaderOfNode()))
    return false;
  if (extname(file) === '.cjs') return true;
  const isModule = /^[ \t]*(?:import|export)\b/m.test(text) || !/\b(?:require|exports)\b/.test(text);
  return extname(file) === '.js' && !isModule;
}

type AnyFunction = (...args: never[]) => unknown;

function compileOfNode(): AnyFunction {
  return (Module.prototype as unknown as { _compile: AnyFunction })._compile;
}

function loaderOfNode(): AnyFunction {
  return (Module as unknown as { _extensions: Record<'.js', AnyFunction> })._extensions['.js'];
}

/** Whether nobody has replaced it. */
function isNodes(method: AnyFunction): boolean {
  const scriptId = inspectFunction(method).location?.scriptId;
  return scriptId !== undefined && (counted.get(scriptId)?.url.startsWith('node:') ?? false);
}
