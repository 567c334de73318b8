// What stands in for the things of a capture that would reach outside, where a program is run under control.
import type { Handle } from '../../objects/handle';

export interface World {
  /** What a module exports under these names, or what is in its place. */
  module(id: string, names: readonly string[], load: () => unknown): unknown;
  /** The classes that the process which runs has already, by their ids. */
  classes(): Map<string, object>;
  handle(handle: Handle): object;
  composite(kind: string, parts: unknown[]): object;
  base(kind: string, parts: Record<string, unknown>): object;
  /** A view of memory that processes share; undefined for any other. */
  view(kind: string, buffer: unknown, byteOffset: number, length: number): object | undefined;
  /** The text to compile in place of that of a function or class from the file `url`. */
  instrument(source: string, url: string): string;
}
