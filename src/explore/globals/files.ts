// Which files a program uses: they cannot be put in an order, but they can be named.
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isControlled } from '../operations';

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

/** What is loaded to be run is no file that a program goes by. */
const CODE = /\.(?:[cm]?[jt]s|map|node)$|package\.json$/;

/** `note` is told the name of each. */
export function controlFiles(note: (name: string) => void): void {
  for (const owner of [fs, fs.promises] as unknown as Record<string, AnyFunction>[]) {
    for (const [name, real] of Object.entries(owner)) {
      // Those with a capital letter are classes.
      if (typeof real === 'function' && /^[a-z]/.test(name)) owner[name] = noting(real, note);
    }
  }
}

function noting(real: AnyFunction, note: (name: string) => void): AnyFunction {
  const noted: AnyFunction = function (...args) {
    const name = isControlled() ? fileIn(args[0]) : undefined;
    if (name !== undefined && !CODE.test(name)) note(name);
    return real.apply(this, args);
  };
  const kept = Object.getOwnPropertyDescriptors(real) as PropertyDescriptorMap;
  Reflect.deleteProperty(kept, 'prototype');
  return Object.defineProperties(noted, kept);
}

function fileIn(given: unknown): string | undefined {
  if (given instanceof URL) return given.protocol === 'file:' ? fileURLToPath(given) : undefined;
  return typeof given === 'string' ? given : undefined;
}
