// What the zygote and its program have to agree on.

/**
 * Only the thread that forks lives on in the child, so V8 must not give work to others. It has no option for that
 * where WebAssembly is concerned, but for its first, quick compiler, and for compiling before there is need.
 */
export const ZYGOTE_OPTIONS = [
  '--single-threaded',
  '--v8-pool-size=1',
  '--wasm-lazy-compilation',
  '--no-liftoff',
] as const;

/** What a zygote exits with when its children do not work. */
export const UNSOUND = 70;
