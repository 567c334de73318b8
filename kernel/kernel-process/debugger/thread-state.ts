// The life of one debugged process, which the protocol calls a thread. No process, no socket: only what
// follows from what.

export type Command = 'continue' | 'next' | 'stepIn' | 'stepOut' | 'pause';

type StopReason = 'breakpoint' | 'exception' | 'pause' | 'step';

export type ThreadState =
  /** `asked`: what it was told last, which says why it will stop. */
  { phase: 'running'; asked: Command } | { phase: 'stopped'; reason: StopReason } | { phase: 'ended' };

export type ThreadEvent =
  | { type: 'asked'; command: Command }
  /**
   * `place`: `between` is code of a cell that the student did not write, `foreign` is code that she could not
   * look at.
   */
  | {
      type: 'paused';
      cause: 'breakpoint' | 'exception' | 'other';
      place: 'student' | 'between' | 'foreign';
      /** False for an exception of a kind at which the person does not want to stop. */
      wanted: boolean;
      /** Whether a step has led no further than to the next part of its line. */
      onSameLine: boolean;
    }
  /** It is about to run a module that it has just loaded, and whose breakpoints are set. */
  | { type: 'loading' }
  /** Something else than a command let it go on. */
  | { type: 'resumed' }
  | { type: 'ended' };

type InspectorCommand = 'resume' | 'stepOver' | 'stepInto' | 'stepOut' | 'pause';

interface Transition {
  state: ThreadState;
  /** What to tell the process. */
  send?: InspectorCommand;
  /** What to tell the front ends. */
  tell?: 'stopped' | 'continued' | 'exited';
}

const SENT: { readonly [command in Command]: InspectorCommand } = {
  continue: 'resume',
  next: 'stepOver',
  stepIn: 'stepInto',
  stepOut: 'stepOut',
  pause: 'pause',
};

export const initialState: ThreadState = { phase: 'running', asked: 'continue' };

export function nextState(state: ThreadState, event: ThreadEvent): Transition {
  if (state.phase === 'ended') return { state };
  switch (event.type) {
    case 'asked':
      return asked(state, event.command);
    case 'paused':
      return paused(state, event);
    case 'loading': {
      const isSteppingIn = state.phase === 'running' && state.asked === 'stepIn';
      return { state, send: isSteppingIn ? 'stepOver' : 'resume' };
    }
    case 'resumed':
      if (state.phase === 'running') return { state };
      return { state: { phase: 'running', asked: 'continue' }, tell: 'continued' };
    case 'ended':
      return { state: { phase: 'ended' }, tell: 'exited' };
    default:
      return event satisfies never;
  }
}

function asked(state: ThreadState, command: Command): Transition {
  const isStopped = state.phase === 'stopped';
  // It stands, or it runs, as it was asked to.
  if (isStopped === (command === 'pause')) return { state };
  const running: ThreadState = { phase: 'running', asked: command };
  return { state: running, send: SENT[command], ...(isStopped && { tell: 'continued' }) };
}

function paused(state: ThreadState, event: Extract<ThreadEvent, { type: 'paused' }>): Transition {
  if (!event.wanted || event.place === 'foreign') return { state, send: 'resume' };
  if (event.place === 'between') return { state, send: 'stepOver' };
  if (event.onSameLine && event.cause === 'other' && isStep(state)) return { state, send: SENT[state.asked] };
  return { state: { phase: 'stopped', reason: reasonOf(state, event.cause) }, tell: 'stopped' };
}

/** Stepping is by lines, as a person reads. */
function isStep(state: ThreadState): state is Extract<ThreadState, { phase: 'running' }> {
  return state.phase === 'running' && (state.asked === 'next' || state.asked === 'stepIn');
}

function reasonOf(state: ThreadState, cause: 'breakpoint' | 'exception' | 'other'): StopReason {
  if (cause !== 'other') return cause;
  const command = state.phase === 'running' ? state.asked : 'continue';
  if (command === 'pause') return 'pause';
  // Nothing was asked for, so it is the statement `debugger`.
  return command === 'continue' ? 'breakpoint' : 'step';
}
