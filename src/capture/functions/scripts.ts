// Which script a function came from: its url, its text, whether it is strict, and its source map.
import type { Debugger } from 'node:inspector';
import { fileURLToPath } from 'node:url';
import { inlineSourceMap } from '../source-maps';
import { takeCompiled } from './compiled';
import { isStrictByDirective } from './directives';
import { inspectFunction, inspectorSession, type Location, post } from './inspection';

export interface Script {
  url: string;
  isModule: boolean;
  isStrict: boolean;
  /** Only a map that stands in the script itself; one in a file is found through the url. */
  inlineMap: object | undefined;
  text: string;
  startLine: number;
  startColumn: number;
  lineStarts: number[];
}

const scripts = new Map<string, Script>();

export function scriptOf(location: Location): Script | undefined {
  const { scriptId } = location;
  if (!scripts.has(scriptId)) placeCompiled();
  if (!scripts.has(scriptId)) readScript(scriptId);
  return scripts.get(scriptId);
}

/** To enable the debugger takes tens of milliseconds, for V8 then looks through all scripts. */
function placeCompiled(): void {
  for (const { run, url, text, line, column } of takeCompiled()) {
    const scriptId = inspectFunction(run).location?.scriptId;
    // A map that the text names is read by V8.
    if (scriptId === undefined || text.includes('sourceMappingURL')) continue;
    scripts.set(scriptId, {
      url,
      isModule: false,
      isStrict: isStrictByDirective(text),
      inlineMap: undefined,
      text,
      startLine: line,
      startColumn: column,
      lineStarts: lineStartsOf(text),
    });
  }
}

/** Where `source`, the text of the function at `location`, begins: V8 reports the place of its parameters. */
export function beginningOf(
  source: string,
  location: Location,
  script: Script,
): { line: number; column: number } {
  const line = location.line - script.startLine;
  const column = line === 0 ? location.column - script.startColumn : location.column;
  const inside = (script.lineStarts[line] ?? 0) + column;
  const index = script.text.lastIndexOf(source, inside);
  if (index < 0) return { line: location.line, column: location.column };
  let first = line;
  while (first > 0 && (script.lineStarts[first] as number) > index) first--;
  const offset = index - (script.lineStarts[first] as number);
  return { line: first + script.startLine, column: first === 0 ? offset + script.startColumn : offset };
}

// Without an enabled debugger V8 tells no url. It is enabled only for this moment, so that the program runs
// unobserved.
function readScript(scriptId: string): void {
  const session = inspectorSession();
  let found: Debugger.ScriptParsedEventDataType | undefined;
  const onParsed = ({ params }: { params: Debugger.ScriptParsedEventDataType }) => {
    if (params.scriptId === scriptId) found = params;
  };
  session.on('Debugger.scriptParsed', onParsed);
  try {
    // A host may have cut the previous reading short (a cell's interrupt): an enabled debugger would not list
    // the scripts anew.
    post(session, 'Debugger.disable', {});
    post(session, 'Debugger.enable', {});
    if (found === undefined) return;
    const { scriptSource: text } = post<Debugger.GetScriptSourceReturnType>(
      session,
      'Debugger.getScriptSource',
      {
        scriptId,
      },
    );
    scripts.set(scriptId, {
      url: nameOf(found),
      isModule: found.isModule ?? false,
      isStrict: found.isModule === true || isStrictByDirective(text),
      inlineMap: inlineSourceMap(found.sourceMapURL),
      text,
      startLine: found.startLine,
      startColumn: found.startColumn,
      lineStarts: lineStartsOf(text),
    });
  } finally {
    session.off('Debugger.scriptParsed', onParsed);
    post(session, 'Debugger.disable', {});
  }
}

// The inspector makes urls of paths, but stack traces and requests go by the path.
function nameOf({ url, isModule }: Debugger.ScriptParsedEventDataType): string {
  return url.startsWith('file:') && !isModule ? fileURLToPath(url) : url;
}

function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
