// An image of the compiler's of a test file's own: made before its tests, gone behind them.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { imageOf, makeImage } from '../../../kernel/kernel-process/compiler/image';

/** The folder to be named by PARLAB_CACHE. */
export function ownImage(): string {
  const cache = mkdtempSync(join(tmpdir(), 'parlab-cache-'));
  before(async () => assert.equal(await makeImage(imageOf(cache)).done, true));
  after(() => rmSync(cache, { recursive: true }));
  return cache;
}
