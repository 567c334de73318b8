// What is told of a tsconfig.json whose settings do not count: once, and again when it has changed.

import ts from 'typescript';
import { projectFaults } from './project';

export class ToldFaults {
  readonly #folder: string;
  /** The stamp of the settings whose faults were told. */
  stamp = '';

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** `stamp`: of the settings as they are now. */
  next(stamp: string): readonly ts.Diagnostic[] {
    if (stamp === this.stamp) return [];
    this.stamp = stamp;
    return projectFaults(this.#folder);
  }
}

/** For a terminal; empty if there is nothing to tell. */
export function faultText(folder: string): string {
  return projectFaults(folder)
    .map(({ file, start = 0, messageText }) => {
      const { line = 0, character = 0 } = file?.getLineAndCharacterOfPosition(start) ?? {};
      const message = ts.flattenDiagnosticMessageText(messageText, '\n');
      return `Warning: ${message}\n    at ${file?.fileName}:${line + 1}:${character + 1}\n`;
    })
    .join('');
}
