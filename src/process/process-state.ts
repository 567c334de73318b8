// The life of a process as its parent sees it: what may follow what. Pure; it starts and ends nothing.
import { AlreadyStartedError, ProcessClosedError, StillRunningError } from '../errors';

export type ProcessState =
  | { phase: 'created' }
  | { phase: 'running' }
  | { phase: 'ended'; exitcode: number }
  | { phase: 'closed' };

export type ProcessEvent = { type: 'start' } | { type: 'exit'; exitcode: number } | { type: 'close' };

export function next(name: string, state: ProcessState, event: ProcessEvent): ProcessState {
  if (state.phase === 'closed') throw new ProcessClosedError(name, event.type);
  switch (event.type) {
    case 'start':
      if (state.phase !== 'created') throw new AlreadyStartedError(name);
      return { phase: 'running' };
    case 'exit':
      // An end may be seen twice: in shared memory and as an event.
      return state.phase === 'running' ? { phase: 'ended', exitcode: event.exitcode } : state;
    case 'close':
      if (state.phase === 'running') throw new StillRunningError(name);
      return { phase: 'closed' };
    default:
      return event satisfies never;
  }
}
