// Forks this Node on Linux, so that parent and child both go on in the middle of the program. It is sound
// only as docs/decisions/zygote.md says: on the main thread, with V8's --single-threaded, before the event
// loop turns, and with no other thread at work in the process.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { programBlock } from '../../memory/memory';

/**
 * 0 in the child; in the parent the child's pid, or −errno. With a word of shared memory the child is a child
 * of our parent, a sibling of this process, and its pid stands there before it runs, whoever is killed
 * meanwhile.
 */
export type Fork = (pidWord?: number) => number;

interface Pipe {
  readEnd: number;
  writeEnd: number;
  flags: number;
  pending: number;
}

const CLONE = { x64: 56, arm64: 220 } as const;
const CLONE_PARENT = 0x8000;
const CLONE_PARENT_SETTID = 0x10_0000;
const CLONE_CHILD_CLEARTID = 0x20_0000;
const CLONE_CHILD_SETTID = 0x100_0000;
const SIGCHLD = 17;
const PR_GET_TID_ADDRESS = 40;
const MADV_DOFORK = 11;
/** More than a child takes from V8's generator before its program runs, or it would meet the next one's. */
const STEPS = 64;
const O_NONBLOCK = 0o4000;
const O_CLOEXEC = 0o2000000;
const FIONREAD = 0x541b;

const { random } = Math;

export function canFork(): boolean {
  return process.platform === 'linux' && process.arch in CLONE;
}

/** Is to be called once, before the first fork: what it finds out holds for all of them. */
export function prepareFork(): Fork {
  const koffi = require('koffi') as typeof import('koffi');
  const libc = koffi.load(null);
  const madvise = libc.func('int madvise(uint64_t, uint64_t, int)');
  const clone = libc.func('long syscall(long, uint64_t, void*, uint64_t, uint64_t, uint64_t)');
  const prctl = libc.func('int prctl(int, void*, unsigned long, unsigned long, unsigned long)');
  const pipe2 = libc.func('int pipe2(void*, int)');
  const dup3 = libc.func('int dup3(int, int, int)');
  const ioctl = libc.func('int ioctl(int, unsigned long, void*)');
  const getpid = libc.func('int getpid()');
  const close = libc.func('int close(int)');
  const write = libc.func('long write(int, void*, size_t)');
  const forkLoop = libc.func('int uv_loop_fork(void*)');
  const loop: unknown = libc.func('void* uv_default_loop()')();

  const number = CLONE[process.arch as keyof typeof CLONE];
  const tidAddress = new BigUint64Array(1);
  // Where the C library keeps this thread's id, for the kernel to put the child's there; not every kernel
  // tells.
  const knowsTid = prctl(PR_GET_TID_ADDRESS, tidAddress, 0, 0, 0) === 0;
  const flags = SIGCHLD | (knowsTid ? CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID : 0);
  const tid = knowsTid ? (tidAddress[0] ?? 0n) : 0n;
  const [fourth, fifth] = process.arch === 'x64' ? [tid, 0n] : [0n, tid];
  const memory = ownMemory();
  const pipes = ownPipes((fd) => {
    const count = new Int32Array(1);
    ioctl(fd, FIONREAD, count);
    return count[0] ?? 0;
  });

  // What every child does, done once by its parent: it is harmless here, and V8 has then compiled it for all
  // of them.
  standAlone();
  return fork;

  function fork(pidWord?: number): number {
    const { memory: shared, addressOf } = programBlock();
    const isSibling = pidWord !== undefined;
    // Its page has to be there: the kernel does not wait for one when this process is being killed.
    if (isSibling) Atomics.store(shared.i32, pidWord, 0);
    const pidAddress = isSibling ? addressOf(pidWord) : 0n;
    const siblings = isSibling ? CLONE_PARENT | CLONE_PARENT_SETTID : 0;
    // Math.random() and the hashes of the child come from a generator that this moves on.
    const moving = new WeakSet();
    for (let step = 0; step < STEPS; step++) moving.add({});
    // V8 keeps its pages out of forks, new ones too, so this must be the last thing before the fork.
    for (const [from, to] of memory) madvise(from, to - from, MADV_DOFORK);
    const pid = Number(clone(number, flags | siblings, null, pidAddress, fourth, fifth));
    if (pid === 0) {
      standAlone();
      // From here on it draws from a state of its own, however far what it does moves the generator on.
      random();
    }
    return pid >= 0 ? pid : -koffi.errno();
  }

  function standAlone(): void {
    for (const pipe of pipes) replacePipe(pipe);
    if (forkLoop(loop) !== 0) process.abort();
    Object.defineProperty(process, 'pid', { value: getpid() });
  }

  /**
   * libuv's pipes would stay shared with the parent: one of them is a lock, which a killed process would keep
   * for ever.
   */
  function replacePipe({ readEnd, writeEnd, flags, pending }: Pipe): void {
    const ends = new Int32Array(2);
    pipe2(ends, flags);
    const [newRead = -1, newWrite = -1] = ends;
    if (pending > 0) write(newWrite, Buffer.alloc(pending, 42), pending);
    dup3(newRead, readEnd, O_CLOEXEC);
    dup3(newWrite, writeEnd, O_CLOEXEC);
    close(newRead);
    close(newWrite);
  }
}

/**
 * Where this process has memory and may get more, without the kernel's own pages, at which madvise() would
 * stop.
 */
function ownMemory(): [from: number, to: number][] {
  const ranges: [number, number][] = [];
  let from = 4096;
  let last = from;
  for (const line of readFileSync('/proc/self/maps', 'latin1').trim().split('\n')) {
    if (line.endsWith('[vsyscall]')) continue;
    const [start = 0, end = 0] = line
      .split(' ', 1)[0]!
      .split('-')
      .map((address) => Number.parseInt(address, 16));
    if (/\[v(var|dso)\w*\]$/.test(line)) {
      if (start > from) ranges.push([from, start]);
      from = end;
    }
    last = end;
  }
  if (last > from) ranges.push([from, last]);
  return ranges;
}

/** Finds the pipes whose two ends are open here and close on exec, as libuv makes them. */
function ownPipes(pendingIn: (fd: number) => number): Pipe[] {
  const found = new Map<string, Partial<Pipe>>();
  for (const name of readdirSync('/proc/self/fd')) {
    const fd = Number(name);
    const { link, flags } = describe(fd);
    if (!link.startsWith('pipe:') || (flags & O_CLOEXEC) === 0) continue;
    const pipe = found.get(link) ?? {};
    found.set(link, pipe);
    if ((flags & 3) === 0) Object.assign(pipe, { readEnd: fd, pending: pendingIn(fd) });
    else Object.assign(pipe, { writeEnd: fd, flags: flags & (O_NONBLOCK | O_CLOEXEC) });
  }
  return [...found.values()].filter((pipe): pipe is Pipe => 'readEnd' in pipe && 'writeEnd' in pipe);
}

function describe(fd: number): { link: string; flags: number } {
  try {
    const info = readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1');
    const flags = Number.parseInt(/^flags:\s*(\d+)/m.exec(info)?.[1] ?? '0', 8);
    return { link: readlinkSync(`/proc/self/fd/${fd}`), flags };
  } catch {
    // The descriptor through which the folder is read is gone by now.
    return { link: '', flags: 0 };
  }
}
