// What a debugger's request is answered with when it cannot be done: a sentence for the person who debugs.

export class DebuggerError extends Error {
  override readonly name = 'DebuggerError';
}
