// What stands in for the things of a capture that would reach outside, where a program is run under control.
import type { Handle } from '../../objects/handle';

export interface World {
  /** In place of what a module exports, or of a global. */
  substitute(value: unknown, moduleId?: string): unknown;
  handle(handle: Handle): object;
  composite(kind: string, parts: unknown[]): object;
  /** A view of memory that processes share; undefined for any other. */
  view(kind: string, buffer: unknown, byteOffset: number, length: number): object | undefined;
  require(require: NodeJS.Require): NodeJS.Require;
  /** The text to compile in place of that of a function or class. */
  instrument(source: string): string;
}
