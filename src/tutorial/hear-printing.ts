// Hears what this process prints on stdout, while it still appears where it should, or instead.

/**
 * Calls `listener` before each piece is written; what it says true to is not written. The returned function
 * ends the listening.
 */
export function hearPrinting(listener: (text: string) => boolean): () => void {
  const write = process.stdout.write;
  const heard = function (
    this: typeof process.stdout,
    chunk: string | Uint8Array,
    ...rest: never[]
  ): boolean {
    const isTaken = listener(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
    if (!isTaken) return write.call(this, chunk, ...rest);
    // A program may wait until it is written.
    const written: unknown = rest.at(-1);
    if (typeof written === 'function') process.nextTick(written as () => void);
    return true;
  } as typeof process.stdout.write;
  process.stdout.write = heard;
  return () => {
    // Someone may have replaced it after us; then ours must stay in their chain.
    if (process.stdout.write === heard) process.stdout.write = write;
  };
}
