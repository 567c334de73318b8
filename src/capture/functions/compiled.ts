// Scripts that were compiled here, one by one: for these the debugger need not be asked what they are.

export interface Compiled {
  readonly run: (...args: never[]) => unknown;
  readonly url: string;
  readonly text: string;
  /** Where the text begins in the file. */
  readonly line: number;
  readonly column: number;
}

let compiled: Compiled[] = [];

export function noteCompiled(script: Compiled): void {
  compiled.push(script);
}

/** Returns the scripts that came since the last time. */
export function takeCompiled(): readonly Compiled[] {
  const taken = compiled;
  compiled = [];
  return taken;
}
