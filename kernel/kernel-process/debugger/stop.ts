// Where a debugged process has stopped, and why.

import type { Debugger, Runtime } from 'node:inspector';
import type { ExceptionKind } from './exceptions';
import type { Written } from './scripts';

/** A frame of the student's. One that only waits for the others to return cannot be looked into. */
export interface Frame {
  name: string;
  at: Written;
  call?: Debugger.CallFrame;
}

export interface Stop {
  reason: string;
  frames: Frame[];
  exception?: { thrown: Runtime.RemoteObject; kind: ExceptionKind };
}
