// How one waits who has no work. Pure.

const FOR_WORK = /\.(get|recv|recvBytes|recvBytesInto|poll)(Sync)?\(\)$|^wait(Sync)?\(\)$/;

/** `what`: 'Queue.get()' */
export function isIdle(what: string): boolean {
  return FOR_WORK.test(what);
}
