// How the debugger's expressions name what the session keeps for them.

const NAME = 'parlab.session.debugger';

export const accessKey = Symbol.for(NAME);

/** JavaScript for the session's `DebuggerAccess`, wherever it is evaluated. */
export const ACCESS = `globalThis.process[globalThis.Symbol.for(${JSON.stringify(NAME)})]`;

/** The script's name on a stack is that of Node's own code, which students are not shown. */
export function named(expression: string): string {
  return `${expression}\n//# sourceURL=node:debugger`;
}
