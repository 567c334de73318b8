// The calls to the operating system about memory that JavaScript lacks: to share it, and to sleep on a word
// of it. Those about processes stand in process-calls.ts.
import { constants, ftruncateSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SharedMemoryError } from '../errors';
import { makeTemporaryFolder } from './temporary-folder';

export interface Ffi {
  /** An anonymous file: gone with the last process that holds it open. */
  openBlock(sizeBytes: number): number;
  map(fd: number, sizeBytes: number): { address: bigint; buffer: ArrayBuffer };
  /** An ArrayBuffer over a part of what map() gave. Several may overlap. */
  view(address: bigint, sizeBytes: number): ArrayBuffer;
  /** Sleeps while the 32-bit word at `address` is `expected`; may return early for any reason. */
  waitOnWord(address: bigint, expected: number, timeoutMs: number): void;
  wakeWord(address: bigint, count: number): void;
  /** Gives whole pages back to the system; they read as zeros afterwards. */
  discard(address: bigint, sizeBytes: number): void;
  /** Touches whole pages in one call, which costs half of touching each. Only a hint: it may do nothing. */
  populate(address: bigint, sizeBytes: number): void;
  /**
   * Tells the kernel which list of words to mark when the calling thread dies. Absent where no kernel does
   * it.
   */
  setRobustList?(address: bigint): void;
  threadId(): number;
  /**
   * Asks the C library not to return freed memory at once: a buffer for each message would fault in every
   * page.
   */
  keepFreedMemory(): void;
}

type Koffi = typeof import('koffi');
type Attempt = { ffi: Ffi } | { reason: string };
let attempt: Attempt | undefined;

/** Whether processes can share memory here, and why not. */
export function ffiStatus(): {
  /** Whether they can. */
  available: boolean;
  /** Why not. */
  reason?: string;
} {
  attempt ??= load();
  return 'ffi' in attempt ? { available: true } : { available: false, reason: attempt.reason };
}

export function loadFfi(): Ffi | undefined {
  attempt ??= load();
  return 'ffi' in attempt ? attempt.ffi : undefined;
}

function load(): Attempt {
  if (process.env.PARLAB_FFI === 'off') return { reason: 'PARLAB_FFI=off turns it off' };
  try {
    const koffi = require('koffi') as Koffi;
    if (process.platform === 'linux') return { ffi: linux(koffi) };
    if (process.platform === 'darwin') return { ffi: macos(koffi) };
    return { reason: `shared memory between processes is not written for ${process.platform} yet` };
  } catch (error) {
    return {
      reason: `koffi could not be loaded (${error instanceof Error ? error.message : String(error)})`,
    };
  }
}

const PROT_READ_WRITE = 3;
const MAP_SHARED = 1;

const LINUX_CALLS: { [arch: string]: { futex: bigint; setRobustList: bigint; gettid: bigint } } = {
  x64: { futex: 202n, setRobustList: 273n, gettid: 186n },
  arm64: { futex: 98n, setRobustList: 99n, gettid: 178n },
};

function linux(koffi: Koffi): Ffi {
  const numbers = LINUX_CALLS[process.arch];
  if (numbers === undefined)
    throw new Error(`the system calls of Linux on ${process.arch} are not known here`);
  const libc = koffi.load(null);
  const memfdCreate = libc.func('int memfd_create(const char*, unsigned int)');
  const madvise = libc.func('int madvise(void*, size_t, int)');
  const futex = libc.func('long syscall(long, void*, int, int, void*, void*, int)');
  const call = libc.func('long syscall(long, void*, size_t)');
  const FUTEX_WAIT = 0;
  const FUTEX_WAKE = 1;
  const MFD_CLOEXEC = 1;
  const MADV_REMOVE = 9;
  const MADV_POPULATE_WRITE = 23; // since Linux 5.14
  const timespec = new BigInt64Array(2);

  return {
    openBlock(sizeBytes) {
      const fd: number = memfdCreate('parlab', MFD_CLOEXEC);
      if (fd < 0) return unlinkedFile(sizeBytes);
      ftruncateSync(fd, sizeBytes);
      return fd;
    },
    map: mapper(koffi),
    view: (address, sizeBytes) => koffi.view(address, sizeBytes),
    waitOnWord(address, expected, timeoutMs) {
      timespec[0] = BigInt(Math.floor(timeoutMs / 1000));
      timespec[1] = BigInt(Math.floor((timeoutMs % 1000) * 1e6));
      futex(numbers.futex, address, FUTEX_WAIT, expected, timespec, null, 0);
    },
    wakeWord(address, count) {
      futex(numbers.futex, address, FUTEX_WAKE, count, null, null, 0);
    },
    discard(address, sizeBytes) {
      madvise(address, sizeBytes, MADV_REMOVE);
    },
    populate(address, sizeBytes) {
      madvise(address, sizeBytes, MADV_POPULATE_WRITE);
    },
    setRobustList(address) {
      const result = Number(call(numbers.setRobustList, address, 24));
      if (result !== 0) throw new SharedMemoryError(`set_robust_list failed (errno ${koffi.errno()}).`);
    },
    threadId: () => Number(call(numbers.gettid, null, 0)),
    keepFreedMemory: () => keepFreedMemory(libc),
  };
}

function keepFreedMemory(libc: ReturnType<Koffi['load']>): void {
  const M_TRIM_THRESHOLD = -1;
  const M_MMAP_THRESHOLD = -3;
  try {
    const mallopt = libc.func('int mallopt(int, int)');
    mallopt(M_TRIM_THRESHOLD, 2 ** 26);
    mallopt(M_MMAP_THRESHOLD, 2 ** 25);
  } catch {
    // It is not glibc: musl has no mallopt.
  }
}

function macos(koffi: Koffi): Ffi {
  const libc = koffi.load(null);
  const SHARED = 1;
  const CLOCK_MACH_ABSOLUTE_TIME = 32;
  let waitOn: ((...args: unknown[]) => unknown) | undefined;
  let wakeAny: ((...args: unknown[]) => unknown) | undefined;
  let wakeAll: ((...args: unknown[]) => unknown) | undefined;
  try {
    waitOn = libc.func(
      'int os_sync_wait_on_address_with_timeout(void*, uint64_t, size_t, uint32_t, uint32_t, uint64_t)',
    );
    wakeAny = libc.func('int os_sync_wake_by_address_any(void*, size_t, uint32_t)');
    wakeAll = libc.func('int os_sync_wake_by_address_all(void*, size_t, uint32_t)');
  } catch {
    // Before macOS 14.4 there is no such call: a sleeper looks again every millisecond instead.
  }
  const pause = new Int32Array(new SharedArrayBuffer(4));
  return {
    openBlock: unlinkedFile,
    map: mapper(koffi),
    view: (address, sizeBytes) => koffi.view(address, sizeBytes),
    waitOnWord(address, expected, timeoutMs) {
      if (waitOn === undefined) Atomics.wait(pause, 0, 0, Math.min(1, timeoutMs));
      else {
        const timeoutNs = BigInt(Math.max(1, Math.floor(timeoutMs * 1e6)));
        waitOn(address, BigInt(expected >>> 0), 4, SHARED, CLOCK_MACH_ABSOLUTE_TIME, timeoutNs);
      }
    },
    wakeWord(address, count) {
      if (count > 1) wakeAll?.(address, 4, SHARED);
      else wakeAny?.(address, 4, SHARED);
    },
    discard() {},
    populate() {},
    threadId: () => process.pid,
    keepFreedMemory() {},
  };
}

function mapper(koffi: Koffi): Ffi['map'] {
  const mmap = koffi.load(null).func('void *mmap(void*, size_t, int, int, int, int64_t)');
  return (fd, sizeBytes) => {
    const address = BigInt.asIntN(64, BigInt(mmap(null, sizeBytes, PROT_READ_WRITE, MAP_SHARED, fd, 0)));
    if (address === -1n) {
      throw new SharedMemoryError(
        `${sizeBytes / 2 ** 20} MiB of shared memory could not be mapped (errno ${koffi.errno()}). ` +
          'Is the address space limited (ulimit -v)?',
      );
    }
    return { address, buffer: koffi.view(address, sizeBytes) };
  };
}

function unlinkedFile(sizeBytes: number): number {
  const folder = makeTemporaryFolder('parlab-');
  try {
    const fd = openSync(
      join(folder, 'block'),
      constants.O_RDWR | constants.O_CREAT | constants.O_EXCL,
      0o600,
    );
    ftruncateSync(fd, sizeBytes);
    return fd;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
