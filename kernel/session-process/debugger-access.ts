// What the debugger's expressions reach in the session. Nothing here runs before one asks.

import { setInspectorSocket } from 'parlab/host';
import type { SourceMap } from '../conversations/cell-program';
import { accessKey } from '../conversations/debugger-expressions';
import type { MimeBundle } from '../conversations/session';
import { cellSourceMaps } from './cell/stack-frames';
import { bundleOf } from './display/mime-bundle';
import type { Notebook } from './evaluate';
import { endStopped } from './interrupt/interrupt';

interface DebuggerAccess {
  /** The bindings of all cells. */
  notebook: Notebook['exports'];
  sourceMaps(): SourceMap[];
  childrenConnectTo(socket: string | undefined): void;
  endStopped(): void;
  bundleOf(value: unknown): MimeBundle | Promise<MimeBundle>;
}

export function serveDebugger(exports: Notebook['exports']): void {
  const access: DebuggerAccess = {
    notebook: exports,
    sourceMaps: cellSourceMaps,
    childrenConnectTo: setInspectorSocket,
    endStopped,
    bundleOf,
  };
  Object.defineProperty(process, accessKey, { value: access });
}
