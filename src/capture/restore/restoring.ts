// What the parts of a restore ask of it while it goes on.
import type { Key, Node, Value } from '../captured';

export interface Restoring {
  /** The value itself. An object may still be empty. */
  value(value: Value): unknown;
  key(key: Key): string | symbol;
  node(value: Value): Node | undefined;
}
