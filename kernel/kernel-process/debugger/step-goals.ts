// Where a step would have ended. Stopping ends a step for V8, also where a module gets its breakpoints: from
// there on, breakpoints of our own stand for it, on the other lines of the function where it began and in the
// functions that called that.

import type { Debugger } from 'node:inspector';
import type { InspectorConnection } from './inspector-connection';
import type { Scripts } from './scripts';
import type { Frame } from './stop';

export class StepGoals {
  readonly #connection: InspectorConnection;
  readonly #scripts: Scripts;
  readonly #ids = new Set<string>();

  constructor(connection: InspectorConnection, scripts: Scripts) {
    this.#connection = connection;
    this.#scripts = scripts;
  }

  /** `from`: the frames at the beginning of the step; `out`: it was to leave the first of them. */
  async set(from: readonly Frame[], out: boolean): Promise<void> {
    const [first] = from;
    await this.clear();
    for (const frame of from) {
      if (!frame.call || (out && frame === first)) continue;
      for (const location of await this.#placesIn(frame.call)) {
        const written = this.#scripts.written(location);
        if (!written || (frame === first && written.line === first.at.line)) continue;
        // A function that calls itself stands here more than once.
        await this.#stopAt(location).catch(() => undefined);
      }
    }
  }

  /** Whether one of these breakpoints is such a goal. */
  include(breakpoints: readonly string[]): boolean {
    return breakpoints.some((id) => this.#ids.has(id));
  }

  async clear(): Promise<void> {
    const ids = [...this.#ids];
    this.#ids.clear();
    await Promise.all(
      ids.map((breakpointId) => this.#connection.post('Debugger.removeBreakpoint', { breakpointId })),
    );
  }

  async #placesIn({ functionLocation }: Debugger.CallFrame): Promise<Debugger.BreakLocation[]> {
    if (!functionLocation) return [];
    // A cell's own function begins on a line before its first, which V8 knows of and takes from no debugger.
    const { scriptId } = functionLocation;
    const start =
      functionLocation.lineNumber < 0 ? { scriptId, lineNumber: 0, columnNumber: 0 } : functionLocation;
    const asked = { start, restrictToFunction: true };
    return (await this.#connection.post('Debugger.getPossibleBreakpoints', asked)).locations;
  }

  async #stopAt({ scriptId, lineNumber, columnNumber }: Debugger.BreakLocation): Promise<void> {
    const location = { scriptId, lineNumber, ...(columnNumber !== undefined && { columnNumber }) };
    const { breakpointId } = await this.#connection.post('Debugger.setBreakpoint', { location });
    this.#ids.add(breakpointId);
  }
}
