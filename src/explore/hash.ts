// A number made of a text: the same on every machine. Good for seeds and made-up pids, and for nothing
// secret.

/** FNV-1a, 32 bits. */
export function hash(text: string): number {
  let value = 2166136261;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 16777619);
  return value >>> 0;
}

/** Returns the state that follows, of the numbers by chance (mulberry32). */
export function nextState(state: number): number {
  return (state + 0x6d2b79f5) >>> 0;
}

/** Returns the number from 0 to 1 that belongs to a state. */
export function randomOf(state: number): number {
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
}

/** Numbers from 0 to 1, the same for the same seed. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = nextState(state);
    return randomOf(state);
  };
}
