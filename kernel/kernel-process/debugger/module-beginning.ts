// The lines of a compiled module are known when it is loaded: with breakpoints in it, it stops at its first
// statement and gets them there.

import type { Debugger } from 'node:inspector';
import { pathToFileURL } from 'node:url';
import type { InspectorConnection } from './inspector-connection';

const COMPILED = /\.[cm]?tsx?$/;

export function isCompiled(path: string): boolean {
  return COMPILED.test(path);
}

export async function stopAtBeginning(
  connection: InspectorConnection,
  path: string,
  wanted: boolean,
): Promise<void> {
  const { href: url } = pathToFileURL(path);
  // V8 refuses a second one for the same place.
  await connection.post('Debugger.removeBreakpoint', { breakpointId: `1:0:0:${url}` }).catch(() => undefined);
  if (wanted) await connection.post('Debugger.setBreakpointByUrl', { url, lineNumber: 0, columnNumber: 0 });
}

/** V8 names a breakpoint `1:LINE:COLUMN:URL`. */
export function isBeginningOfModule({ hitBreakpoints = [] }: Debugger.PausedEventDataType): boolean {
  return hitBreakpoints.some((id) => /^1:0:0:file:/.test(id) && isCompiled(id));
}
