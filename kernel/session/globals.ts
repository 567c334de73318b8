// The few names that every cell has without importing them.

import { clearOutput as clear, type DisplayOptions, display as show } from './display';
import { input as ask, prompt as askAndBlock, type QuestionOptions } from './questions';

declare global {
  /** Shows a value in the cell's output, richly if it has a `Symbol.for('Jupyter.display')` method. */
  function display(value: unknown, options?: DisplayOptions): void;
  /** Removes what the cell has shown; with `wait`, only when the next output comes. */
  function clearOutput(options?: { wait?: boolean }): void;
  /** Asks the person at the notebook and blocks until she has answered. */
  function prompt(text?: string, options?: QuestionOptions): string;
  /** Asks the person at the notebook; everything else goes on meanwhile. */
  function input(text?: string, options?: QuestionOptions): Promise<string>;
}

export function installGlobals(): void {
  const names = { display: show, clearOutput: clear, prompt: askAndBlock, input: ask };
  for (const [name, value] of Object.entries(names)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true, enumerable: false });
  }
}
