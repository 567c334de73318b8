// Tells when the event loop has nothing left to do, before it ends. Node itself would then wait for the tasks
// that V8 gave to other threads (in Node 20 each full garbage collection gives one), and a forked process has
// none to do them.

import { clearImmediate, nextTick, queueMicrotask, setImmediate, setInterval } from './timers';

// libuv's numbers.
const UV_IDLE = 6;
const UV_PREPARE = 9;
const LOOK_MS = 10;

/** What Node does when nothing is left to do: it asks, and ends if nothing has been begun at that. */
export interface LoopEnd {
  ask(): void;
  end(): void;
}

/**
 * Tells `then` when the main thread's loop has nothing left to do. Returns a rehearsal, to be called before a
 * process is forked, so that V8 has compiled all of this: it goes the same way once, with `instead` in place
 * of `then`.
 */
export function whenLoopIsDry(then: LoopEnd): (instead: LoopEnd) => void {
  const { koffi, libc, loop, isAlive } = ownLoop();
  koffi.proto('void ParlabHook(void*)');
  const ref = libc.func('void uv_ref(void*)');
  const unref = libc.func('void uv_unref(void*)');
  const handleSize = libc.func('size_t uv_handle_size(int)');
  const [prepare, idle] = [UV_PREPARE, UV_IDLE].map((kind): unknown =>
    koffi.alloc('uint8_t', Number(handleSize(kind))),
  );
  const isDry = () => {
    unref(prepare);
    const dry = !isAlive();
    ref(prepare);
    return dry;
  };
  const startIdle = libc.func('int uv_idle_start(void*, ParlabHook*)');
  const stopIdle = libc.func('int uv_idle_stop(void*)');
  const doNothing = koffi.register(() => {}, 'ParlabHook*');
  const look = () => {
    stopIdle(idle);
    askAndEnd(isDry, then);
  };
  // Runs before each sleep of the loop, outside of what Node calls a callback, so it only plans one. Neither
  // the plan nor what keeps the loop from sleeping before it counts as something left to do.
  const beforeSleep = koffi.register(() => {
    if (!isDry()) return;
    startIdle(idle, doNothing);
    setImmediate(look).unref();
  }, 'ParlabHook*');
  libc.func('int uv_idle_init(void*, void*)')(loop, idle);
  unref(idle);
  libc.func('int uv_prepare_init(void*, void*)')(loop, prepare);
  libc.func('int uv_prepare_start(void*, ParlabHook*)')(prepare, beforeSleep);
  return (instead) => {
    clearImmediate(setImmediate(look).unref());
    stopIdle(idle);
    isDry();
    askAndEnd(() => true, instead);
  };
}

/**
 * The same for a worker thread, which looks now and then instead: its end may come at any moment, and Node
 * aborts if a handle that it does not know is open then.
 */
export function whenThreadLoopIsDry(then: LoopEnd): void {
  const { isAlive } = ownLoop();
  const isDry = () => {
    timer.unref();
    // libuv knows one timer for all of Node's, and that has just run out.
    const dry = !isAlive() && !process.getActiveResourcesInfo().includes('Timeout');
    timer.ref();
    return dry;
  };
  const timer = setInterval(() => askAndEnd(isDry, then), LOOK_MS);
}

function askAndEnd(isDry: () => boolean, { ask, end }: LoopEnd): void {
  if (!isDry()) return;
  ask();
  // The second look comes when everything has run that follows at once from what was asked.
  nextTick(() =>
    queueMicrotask(() =>
      nextTick(() => {
        if (isDry()) end();
      }),
    ),
  );
}

function ownLoop() {
  const koffi = require('koffi') as typeof import('koffi');
  const libc = koffi.load(null);
  // What V8 and Node offer to programs that embed them: v8::Isolate::GetCurrent() and
  // node::GetCurrentEventLoop().
  const isolate: unknown = libc.func('void* _ZN2v87Isolate10GetCurrentEv()')();
  const loop: unknown = libc.func('void* _ZN4node19GetCurrentEventLoopEPN2v87IsolateE(void*)')(isolate);
  const alive = libc.func('int uv_loop_alive(void*)');
  return { koffi, libc, loop, isAlive: () => alive(loop) !== 0 };
}
