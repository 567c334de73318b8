// The end of a process or thread of which Node would wait for threads that are not there. For src/memory/dry-loop.ts.

/** What Node does when nothing is left to do, without what it waits for. */
export function endWhenDry(isStill: boolean): void {
  // Where nobody hears of it, nobody begins anything.
  if (isStill || !process.emit('beforeExit', Number(process.exitCode ?? 0))) process.exit();
}
