// The other side of elsewhere.ts: restores what stands in the bytes on standard input, calls it, and answers.
import { readFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import { decodeCaptured } from '../../src/capture/encode';
import { restore } from '../../src/capture/restore/restore';
import { followSourceMaps } from '../../src/capture/source-maps';
import { quietOwnWarnings } from '../../src/host/quiet-warnings';

followSourceMaps();
quietOwnWarnings();

async function main(): Promise<void> {
  try {
    const task = restore(decodeCaptured(readFileSync(0)), createRequire(join(process.cwd(), 'any.js'))) as {
      target: (...args: unknown[]) => unknown;
      args: unknown[];
    };
    answer({ value: await task.target(...task.args) });
  } catch (error) {
    answer({ stack: error instanceof Error ? error.stack : String(error) });
  }
}

function answer(message: object): void {
  writeSync(3, serialize(message));
}

void main();
