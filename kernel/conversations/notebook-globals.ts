// The few names that every cell has without importing them: their types, for the compiler of the cells.

export interface TimeitOptions {
  /** How many runs. Default: 7. */
  repeat?: number;
  /** How many calls in each run. Default: so many that a run takes 0.2 seconds. */
  number?: number;
}

/** How long a function took. */
export interface Timing {
  /** Milliseconds of one call, in each of the runs. */
  readonly runs: readonly number[];
  /** How many calls each run made. */
  readonly number: number;
  /** Milliseconds. */
  readonly mean: number;
  /** Milliseconds. */
  readonly deviation: number;
}

declare global {
  /**
   * Shows a value in the cell's output, richly if it has a `Symbol.for('Jupyter.display')` method. With an
   * `id`, and `update: true` later, what was shown changes in its place. With `raw: true` the value is a MIME
   * bundle already, as in Python's `display(…, raw=True)`: `display({ 'text/html': '<b>1</b>' }, { raw: true
   * })`.
   */
  function display(value: unknown, options?: { id?: string; update?: boolean; raw?: boolean }): void;
  /** Removes what the cell has shown; with `wait`, only when the next output comes. */
  function clearOutput(options?: { wait?: boolean }): void;
  /**
   * Asks the person at the notebook and blocks until she has answered. `otherwise` is the answer of who types
   * nothing.
   */
  function prompt(text?: string, otherwise?: string | { password?: boolean }): string;
  /** Asks the person at the notebook and blocks until she has answered: true for `y` and `yes`. */
  function confirm(text?: string): boolean;
  /** Shows the person at the notebook a text and blocks until she has pressed Enter. */
  function alert(text?: unknown): void;
  /** Asks the person at the notebook; everything else goes on meanwhile. */
  function input(text?: string, options?: { password?: boolean }): Promise<string>;
  /** Puts code into the next cell, or with `replace` into this one, for the person to look at and run. */
  function setNextInput(code: string, options?: { replace?: boolean }): void;
  /** Measures how long a function takes: `timeit(() => [3, 1, 2].sort())`. */
  function timeit<T>(
    measured: () => T,
    options?: TimeitOptions,
  ): T extends PromiseLike<unknown> ? Promise<Timing> : Timing;
}

/**
 * Bindings of the notebook like those of its cells: they travel to child processes, and a cell may declare
 * its own.
 */
export const globalNames = [
  'display',
  'clearOutput',
  'prompt',
  'confirm',
  'alert',
  'input',
  'setNextInput',
  'timeit',
] as const;

export type NotebookGlobals = Pick<typeof globalThis, (typeof globalNames)[number]>;
