// Breakpoints: what front ends want by file and line, and what each debugged process was therefore told by
// script and place.

import { pathToFileURL } from 'node:url';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { CellFiles, CellScript } from './cell-files';
import type { DebuggedThread } from './debugged-thread';
import type { Evaluation } from './evaluation';
import { isCompiled, stopAtBeginning } from './module-beginning';
import type { ScriptLines, ScriptPlace } from './script-lines';
import { ScriptSyntax } from './script-syntax';

interface Breakpoint {
  id: number;
  path: string;
  wanted: DebugProtocol.SourceBreakpoint;
  /** The line where it turned out to be. */
  line?: number;
  problem?: string;
}

/** A script in which a file's lines may be looked for. */
interface Target {
  url: string;
  lines: ScriptLines | undefined;
  /** The syntax of a cell that has not run yet. */
  syntax?: ScriptSyntax;
}

/** V8's own ids, by breakpoint. */
type Told = Map<number, string[]>;

export class Breakpoints {
  readonly #cells: CellFiles;
  readonly #evaluation: Evaluation;
  readonly #changed: (breakpoint: DebugProtocol.Breakpoint) => void;
  readonly #byPath = new Map<string, Breakpoint[]>();
  readonly #told = new Map<DebuggedThread, Told>();
  #made = 0;

  /** `changed` is told of breakpoints that find their place later. */
  constructor(
    cells: CellFiles,
    evaluation: Evaluation,
    changed: (breakpoint: DebugProtocol.Breakpoint) => void,
  ) {
    this.#cells = cells;
    this.#evaluation = evaluation;
    this.#changed = changed;
  }

  /** Sets breakpoints in place of those that the file had. */
  async set(
    path: string,
    wanted: readonly DebugProtocol.SourceBreakpoint[],
  ): Promise<DebugProtocol.Breakpoint[]> {
    for (const { id } of this.#byPath.get(path) ?? []) await this.#remove(id);
    const breakpoints = wanted.map((each) => ({ id: ++this.#made, path, wanted: each }));
    this.#byPath.set(path, breakpoints);
    for (const thread of this.#told.keys()) await this.#placeIn(thread, path, breakpoints);
    return breakpoints.map(described);
  }

  async addThread(thread: DebuggedThread): Promise<void> {
    this.#told.set(thread, new Map());
    for (const [path, breakpoints] of this.#byPath) await this.#placeIn(thread, path, breakpoints);
  }

  removeThread(thread: DebuggedThread): void {
    this.#told.delete(thread);
  }

  /** Is called before the cell runs. */
  async addCell({ url, path, lines }: CellScript, javascript: string): Promise<void> {
    const breakpoints = this.#byPath.get(path);
    if (!breakpoints) return;
    const syntax = new ScriptSyntax(`(async function () {\n${javascript}\n})`, {
      lineNumber: -1,
      columnNumber: 0,
    });
    for (const thread of this.#told.keys()) await this.#placeAll(thread, breakpoints, { url, lines, syntax });
    for (const breakpoint of breakpoints) this.#changed(described(breakpoint));
  }

  /** A module of the student's is loaded: now its lines are known. */
  async addModule(thread: DebuggedThread, file: string): Promise<void> {
    const breakpoints = this.#byPath.get(file);
    if (!breakpoints || !this.#told.has(thread)) return;
    for (const { id } of breakpoints) await this.#remove(id, thread);
    for (const target of this.#targetsIn(thread, file)) await this.#placeAll(thread, breakpoints, target);
    for (const breakpoint of breakpoints) this.#changed(described(breakpoint));
  }

  clear(): void {
    this.#byPath.clear();
    this.#told.clear();
  }

  get all(): { source: string; breakpoints: DebugProtocol.SourceBreakpoint[] }[] {
    return [...this.#byPath]
      .filter(([, breakpoints]) => breakpoints.length > 0)
      .map(([source, breakpoints]) => ({
        source,
        breakpoints: breakpoints.map(({ wanted, line = wanted.line }) => ({ ...wanted, line })),
      }));
  }

  async #placeIn(thread: DebuggedThread, path: string, breakpoints: Breakpoint[]): Promise<void> {
    try {
      if (this.#isCompiledModule(path))
        await stopAtBeginning(thread.connection, path, breakpoints.length > 0);
    } catch (error) {
      if (this.#told.has(thread)) throw error;
      return; // It has ended meanwhile, and the others want theirs.
    }
    for (const target of this.#targetsIn(thread, path)) await this.#placeAll(thread, breakpoints, target);
  }

  #isCompiledModule(path: string): boolean {
    return isCompiled(path) && this.#cells.textOf(path) === undefined;
  }

  #targetsIn(thread: DebuggedThread, path: string): Target[] {
    const cells = this.#cells.at(path);
    if (cells.length > 0 || this.#cells.textOf(path) !== undefined) return cells;
    const loaded = thread.scripts.files.filter(({ file }) => file === path);
    if (loaded.length > 0) return loaded.slice(-1);
    return this.#isCompiledModule(path) ? [] : [{ url: pathToFileURL(path).href, lines: undefined }];
  }

  async #placeAll(thread: DebuggedThread, breakpoints: Breakpoint[], target: Target): Promise<void> {
    for (const breakpoint of breakpoints) {
      try {
        await this.#place(thread, breakpoint, target);
      } catch (error) {
        breakpoint.problem = (error as Error).message;
      }
    }
  }

  async #place(thread: DebuggedThread, breakpoint: Breakpoint, target: Target): Promise<void> {
    const { url, lines } = target;
    const { wanted } = breakpoint;
    const place = lines
      ? lines.placeOf(wanted.line)
      : { lineNumber: wanted.line - 1, columnNumber: 0, line: wanted.line };
    if (!place) {
      breakpoint.problem = 'From this line on there is no code to stop at.';
      return;
    }
    const { lineNumber, columnNumber } = place;
    const condition = await this.#condition(thread, target, place, wanted);
    const { breakpointId, locations } = await thread.connection.post('Debugger.setBreakpointByUrl', {
      url,
      lineNumber,
      columnNumber,
      ...(condition !== undefined && { condition }),
    });
    const told = this.#told.get(thread);
    told?.set(breakpoint.id, [...(told.get(breakpoint.id) ?? []), breakpointId]);
    const line = locations[0] ? thread.scripts.written(locations[0])?.line : undefined;
    breakpoint.line = line ?? place.line;
    delete breakpoint.problem;
  }

  async #condition(
    thread: DebuggedThread,
    { url, syntax }: Target,
    place: ScriptPlace,
    { condition, logMessage }: DebugProtocol.SourceBreakpoint,
  ): Promise<string | undefined> {
    if (!condition && logMessage === undefined) return undefined;
    const known = syntax ?? (await thread.scripts.syntaxOf({ scriptId: thread.scripts.idOf(url) }));
    const hidden = known?.namesVisibleAt(place) ?? new Set<string>();
    const wanted = condition && (await this.#evaluation.javascript(thread, condition, hidden));
    if (logMessage === undefined) return wanted || undefined;
    // False, so that nothing stops there.
    const log = await this.#evaluation.javascript(
      thread,
      `void console.log(${template(logMessage)})`,
      hidden,
    );
    return wanted ? `if (eval(${JSON.stringify(wanted)})) ${log}; false` : `${log}; false`;
  }

  async #remove(id: number, only?: DebuggedThread): Promise<void> {
    for (const [thread, told] of this.#told) {
      if (only && thread !== only) continue;
      for (const breakpointId of told.get(id) ?? [])
        await thread.connection.post('Debugger.removeBreakpoint', { breakpointId }).catch(() => undefined);
      told.delete(id);
    }
  }
}

/** `{expression}` in a log message is evaluated. */
function template(message: string): string {
  return `\`${message.replace(/[`\\]/g, '\\$&').replace(/\$?\{/g, '${')}\``;
}

function described({ id, wanted, line, problem, path }: Breakpoint): DebugProtocol.Breakpoint {
  return {
    id,
    verified: line !== undefined,
    line: line ?? wanted.line,
    source: { path },
    ...(line === undefined && { message: problem ?? 'It finds its place when this code is loaded.' }),
  };
}
