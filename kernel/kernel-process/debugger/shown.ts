// What a `variablesReference` stands for.

import type { Debugger, Runtime } from 'node:inspector';
import type { DebuggedThread } from './debugged-thread';

export type Shown = { readonly owner: DebuggedThread } & (
  | ShownScope
  | { kind: 'object'; objectId: string; items?: Items }
  | { kind: 'range'; objectId: string; items: Items; from: number; count: number }
  /** Runs the student's code, so only when it is opened. */
  | { kind: 'getter'; objectId: string; name: string }
);

export interface ShownScope {
  kind: 'scope';
  parts: ScopePart[];
  hidden: ReadonlySet<string>;
  /** What is no variable of a scope: `this`, the value that is being returned. */
  extra: { name: string; value: Runtime.RemoteObject }[];
  /** The frame that it belongs to. */
  call?: Debugger.CallFrame;
  /** The notebook's bindings, whose types the compiler knows. */
  isNotebook: boolean;
}

export interface ScopePart {
  objectId: string;
  /** The number of the scope in its frame, for changing a variable. */
  scopeNumber?: number;
}

/** Items of an array, or entries of a map or set: too many to be shown at once. */
export interface Items {
  kind: 'array' | 'map' | 'set';
  length: number;
}
