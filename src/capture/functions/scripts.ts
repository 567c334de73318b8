// Which script a function came from: its url, its text, whether it is strict, and its source map.
import type { Debugger, Session } from 'node:inspector';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { inlineSourceMap } from '../source-maps';
import { takeCompiled } from './compiled';
import { isStrictByDirective } from './directives';
import { inspectFunction, inspectorSession, type Location, post } from './inspection';
import { type AnyFunction, fileOfScript } from './script-files';

export interface Script {
  url: string;
  isModule: boolean;
  isStrict: boolean;
  /** False where what was compiled once is called again and again. */
  isRunOnce: boolean;
  /** Only a map that stands in the script itself; one in a file is found through the url. */
  inlineMap: object | undefined;
  text: string;
  startLine: number;
  startColumn: number;
  lineStarts: number[];
}

const scripts = new Map<string, Script>();

export function scriptOf(made: AnyFunction): Script | undefined {
  const scriptId = inspectFunction(made).location?.scriptId;
  if (scriptId === undefined) return undefined;
  if (!scripts.has(scriptId)) placeCompiled();
  if (!scripts.has(scriptId)) placeFile(made, scriptId);
  if (!scripts.has(scriptId)) readScript(scriptId);
  return scripts.get(scriptId);
}

function placeCompiled(): void {
  for (const { run, url, text, line, column } of takeCompiled()) {
    const scriptId = inspectFunction(run).location?.scriptId;
    // A map that the text names is read by V8.
    if (scriptId === undefined || text.includes('sourceMappingURL')) continue;
    place(scriptId, {
      url,
      isModule: false,
      isRunOnce: false,
      inlineMap: undefined,
      text,
      startLine: line,
      startColumn: column,
    });
  }
}

function placeFile(made: AnyFunction, scriptId: string): void {
  const found = fileOfScript(made, scriptId);
  if (found !== undefined)
    place(scriptId, { ...found, isRunOnce: true, inlineMap: undefined, startLine: 0, startColumn: 0 });
}

/** What a text says of itself is read once. */
function place(scriptId: string, script: Omit<Script, 'isStrict' | 'lineStarts'>): void {
  const { text, isModule } = script;
  const isStrict = isModule || isStrictByDirective(text);
  scripts.set(scriptId, { ...script, isStrict, lineStarts: lineStartsOf(text) });
}

/**
 * Where `source`, the text of the function at `location`, begins in the text of its script: V8 reports the
 * place of its parameters.
 */
export function beginsAt(source: string, location: Location, script: Script): number | undefined {
  const line = location.line - script.startLine;
  const column = line === 0 ? location.column - script.startColumn : location.column;
  const index = script.text.lastIndexOf(source, (script.lineStarts[line] ?? 0) + column);
  return index < 0 ? undefined : index;
}

/** Returns the beginning as line and column of the file. */
export function beginningOf(
  source: string,
  location: Location,
  script: Script,
): { line: number; column: number } {
  const index = beginsAt(source, location, script);
  if (index === undefined) return { line: location.line, column: location.column };
  let first = location.line - script.startLine;
  while (first > 0 && (script.lineStarts[first] as number) > index) first--;
  const offset = index - (script.lineStarts[first] as number);
  return { line: first + script.startLine, column: first === 0 ? offset + script.startColumn : offset };
}

// Without an enabled debugger V8 tells no url. It is enabled only for this moment, so that the program runs
// unobserved.
function readScript(scriptId: string): void {
  withScripts((parsed, session) => {
    const found = parsed.find((script) => script.scriptId === scriptId);
    if (found === undefined) return;
    const { scriptSource: text } = post<Debugger.GetScriptSourceReturnType>(
      session,
      'Debugger.getScriptSource',
      {
        scriptId,
      },
    );
    place(scriptId, {
      url: nameOf(found),
      isModule: found.isModule ?? false,
      isRunOnce: true,
      inlineMap: inlineSourceMap(found.sourceMapURL),
      text,
      startLine: found.startLine,
      startColumn: found.startColumn,
    });
  });
}

/** The files of all ES modules of the program, the latest first. */
export function moduleFiles(): string[] {
  return withScripts((parsed) => {
    const modules = parsed.filter(({ isModule, url }) => isModule && url.startsWith('file:'));
    return modules.map(({ url }) => fileURLToPath(url)).reverse();
  });
}

/** The text that a file was loaded with last: what a compiler has made of it, where one did. */
export function loadedText(file: string): { text: string; isModule: boolean } | undefined {
  const names = [file, pathToFileURL(file).href];
  return withScripts((parsed, session) => {
    const found = parsed.findLast(({ url }) => names.includes(url));
    if (found === undefined) return undefined;
    const { scriptId, isModule = false } = found;
    const answer = post<Debugger.GetScriptSourceReturnType>(session, 'Debugger.getScriptSource', {
      scriptId,
    });
    return { text: answer.scriptSource, isModule };
  });
}

type Parsed = Debugger.ScriptParsedEventDataType;

function withScripts<T>(use: (parsed: Parsed[], session: Session) => T): T {
  const session = inspectorSession();
  const parsed: Parsed[] = [];
  const onParsed = ({ params }: { params: Parsed }) => {
    parsed.push(params);
  };
  session.on('Debugger.scriptParsed', onParsed);
  try {
    // A host may have cut the previous reading short (a cell's interrupt): an enabled debugger would not list
    // the scripts anew.
    post(session, 'Debugger.disable', {});
    post(session, 'Debugger.enable', {});
    return use(parsed, session);
  } finally {
    session.off('Debugger.scriptParsed', onParsed);
    post(session, 'Debugger.disable', {});
  }
}

// The inspector makes urls of paths, but stack traces and requests go by the path.
function nameOf({ url, isModule }: Parsed): string {
  return url.startsWith('file:') && !isModule ? fileURLToPath(url) : url;
}

function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
