// Hears what this process prints on stdout while it still appears where it should.

/** Calls `listener` before each piece is written. The returned function ends the listening. */
export function hearPrinting(listener: (text: string) => void): () => void {
  const write = process.stdout.write;
  const heard = function (
    this: typeof process.stdout,
    chunk: string | Uint8Array,
    ...rest: never[]
  ): boolean {
    listener(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
    return write.call(this, chunk, ...rest);
  } as typeof process.stdout.write;
  process.stdout.write = heard;
  return () => {
    // Someone may have replaced it after us; then ours must stay in their chain.
    if (process.stdout.write === heard) process.stdout.write = write;
  };
}
