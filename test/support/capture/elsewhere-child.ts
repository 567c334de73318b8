// The other side of elsewhere.ts: restores what stands in the bytes on standard input, calls it, and answers.
import { readSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import { decodeCaptured } from '../../../src/capture/encode';
import { restore } from '../../../src/capture/restore/restore';
import { followSourceMaps } from '../../../src/capture/source-maps';
import { quietOwnWarnings } from '../../../src/host/quiet-warnings';

followSourceMaps();
quietOwnWarnings();

async function main(): Promise<void> {
  try {
    const task = restore(decodeCaptured(standardInput()), createRequire(join(process.cwd(), 'any.js'))) as {
      target: (...args: unknown[]) => unknown;
      args: unknown[];
    };
    answer({ value: await task.target(...task.args) });
  } catch (error) {
    answer({ stack: error instanceof Error ? error.stack : String(error) });
  }
}

/** Not readFileSync(0): its `fstat` of a pipe makes Node's resolving forget links, and dist/src is one. */
function standardInput(): Buffer {
  const parts: Buffer[] = [];
  for (;;) {
    const part = Buffer.alloc(1 << 16);
    const length = readSync(0, part);
    if (length === 0) return Buffer.concat(parts);
    parts.push(part.subarray(0, length));
  }
}

function answer(message: object): void {
  writeSync(3, serialize(message));
}

void main();
