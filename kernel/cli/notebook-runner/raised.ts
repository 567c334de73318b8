// What went wrong in a cell, by its outputs: an error that it threw, one of work that went on behind it, or
// one that was not caught in a child.
import { stripVTControlCharacters } from 'node:util';
import type { Cell, Output } from './notebook-file';

export interface Raised {
  /** The reason in words. */
  reason: string;
  /** The traceback as it was shown. */
  traceback: string[];
}

// As src/child/uncaught.ts and src/child/run-task.ts tell it, and so does a child that is a thread.
const UNCAUGHT_IN_CHILD = /^(?:Process (.+)|(Process-\S+)):\n(.*)$/m;
const UNSETTLED_CHILD = /^Process \S+ ended while its target still awaited .*$/m;

/** Returns what a cell raised; undefined when nothing did. */
export function raisedIn({ outputs = [] }: Cell): Raised | undefined {
  for (const output of outputs) {
    if (output.output_type === 'error') {
      return {
        reason: `${String(output.ename)}: ${String(output.evalue)}`,
        traceback: (output.traceback as string[] | undefined) ?? [],
      };
    }
  }
  const errors = outputs.filter(({ name }) => name === 'stderr').map(textOf);
  for (const text of errors) {
    const plain = stripVTControlCharacters(text);
    const [, named, unnamed, error] = UNCAUGHT_IN_CHILD.exec(plain) ?? [];
    const child = named ?? unnamed;
    const reason = child ? `In the child ${child}: ${error}` : UNSETTLED_CHILD.exec(plain)?.[0];
    if (reason !== undefined) return { reason, traceback: text.trimEnd().split('\n') };
  }
  return undefined;
}

function textOf({ text }: Output): string {
  return Array.isArray(text) ? text.join('') : String(text);
}
