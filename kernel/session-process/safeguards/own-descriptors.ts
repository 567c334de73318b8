// The descriptors by which the session speaks with the kernel are not a cell's to close, to write to or to
// read from: neither would understand the other any more.

import fs from 'node:fs';
import { descriptors } from '../../conversations/session';
import { apply } from './pristine';

class DescriptorError extends Error {
  override readonly name = 'DescriptorError';
}

/** Everything that takes a descriptor first. */
const GUARDED = [
  ...(['close', 'closeSync', 'ftruncate', 'ftruncateSync'] as const),
  ...(['write', 'writeSync', 'writev', 'writevSync', 'writeFile', 'writeFileSync', 'appendFile'] as const),
  ...(['appendFileSync', 'read', 'readSync', 'readv', 'readvSync', 'readFile', 'readFileSync'] as const),
];

const ours = new Set<unknown>(Object.values(descriptors));

export function guardDescriptors(): void {
  for (const name of GUARDED) {
    const original = fs[name] as (...args: never[]) => unknown;
    const guarded = (...args: unknown[]): unknown => {
      refuse(args[0]);
      return apply(original, fs, args);
    };
    // It keeps its properties, such as the way to promisify it.
    const properties = Object.getOwnPropertyDescriptors(original);
    Object.defineProperties(guarded, properties);
    Object.assign(fs, { [name]: guarded });
  }
}

function refuse(fd: unknown): void {
  if (!ours.has(fd)) return;
  throw new DescriptorError(
    `Descriptor ${String(fd)} belongs to the notebook, which speaks to its kernel by it: use only what you have opened.`,
  );
}
