// What the zygote and its program have to agree on.
import { join } from 'node:path';

const MAJOR = Number.parseInt(process.versions.node, 10);

/**
 * Only the thread that forks lives on in the child, so V8 must not give work to others. It has no option for
 * that where WebAssembly is concerned, but for its first, quick compiler, and for compiling before there is
 * need.
 */
export const ZYGOTE_OPTIONS: readonly string[] = [
  '--single-threaded',
  '--v8-pool-size=1',
  '--wasm-lazy-compilation',
  '--no-liftoff',
  // Later versions of V8 give no task to other threads when they are told so.
  ...(MAJOR < 22 ? ['--require', join(__dirname, '..', '..', 'child', 'forked-threads.js')] : []),
];

/** What a zygote exits with when its children do not work. */
export const UNSOUND = 70;
