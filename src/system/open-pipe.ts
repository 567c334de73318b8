// A pipe of this process's own, to be written by its children, too: Node makes none.

/** Descriptors. What is written to one can be read from the other. */
interface PipeEnds {
  readonly read: number;
  readonly write: number;
}

const O_CLOEXEC = 0o2000000;

export function openPipe(): PipeEnds {
  const koffi = require('koffi') as typeof import('koffi');
  const libc = koffi.load(null);
  const ends = new Int32Array(2);
  const result: number =
    process.platform === 'linux'
      ? libc.func('int pipe2(int *ends, int flags)')(ends, O_CLOEXEC)
      : libc.func('int pipe(int *ends)')(ends);
  if (result !== 0)
    throw new Error('The system gives this process no pipe: it may have too many files open.');
  return { read: ends[0] as number, write: ends[1] as number };
}
