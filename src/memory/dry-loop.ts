// Tells when the event loop has nothing left to do, before it ends. Node itself would then wait for the tasks that V8 gave
// to other threads (in Node 20 each full garbage collection gives one), and a forked process has none to do them.
// Not the global functions: a host may clear the timers of the code that called us.
import { setImmediate, setInterval } from 'node:timers';

const UV_PREPARE = 9;
const LOOK_MS = 10;

/** Called from the event loop; `isStill`: since the last call nothing has come to be done. */
type Told = (isStill: boolean) => void;

export function whenLoopIsDry(then: Told): void {
  const { koffi, libc, loop, isAlive } = ownLoop();
  koffi.proto('void ParlabPrepare(void*)');
  const ref = libc.func('void uv_ref(void*)');
  const unref = libc.func('void uv_unref(void*)');
  const handle: unknown = koffi.alloc('uint8_t', Number(libc.func('size_t uv_handle_size(int)')(UV_PREPARE)));
  const { dry, busy } = teller(then);
  // Runs before each sleep of the loop, outside of what Node calls a callback, so it only plans one.
  const look = koffi.register(() => {
    unref(handle);
    const isDry = !isAlive();
    ref(handle);
    if (isDry) setImmediate(dry);
    else busy();
  }, 'ParlabPrepare*');
  libc.func('int uv_prepare_init(void*, void*)')(loop, handle);
  libc.func('int uv_prepare_start(void*, ParlabPrepare*)')(handle, look);
}

/** For a worker thread. Its end may come at any moment, and Node aborts when a handle that it does not know is open then. */
export function whenThreadLoopIsDry(then: Told): void {
  const { isAlive } = ownLoop();
  const { dry, busy } = teller(then);
  const timer = setInterval(() => {
    timer.unref();
    // libuv knows one timer for all of Node's, and that has just run out.
    const isDry = !isAlive() && !process.getActiveResourcesInfo().includes('Timeout');
    timer.ref();
    if (isDry) dry();
    else busy();
  }, LOOK_MS);
}

function teller(then: Told): { dry(): void; busy(): void } {
  let isStill = false;
  return {
    dry: () => {
      const before = process.getActiveResourcesInfo().length;
      then(isStill);
      isStill = true;
      // A timer may be over before the next look.
      process.nextTick(() => {
        if (process.getActiveResourcesInfo().length > before) isStill = false;
      });
    },
    busy: () => {
      isStill = false;
    },
  };
}

function ownLoop() {
  const koffi = require('koffi') as typeof import('koffi');
  const libc = koffi.load(null);
  // What V8 and Node offer to programs that embed them: v8::Isolate::GetCurrent() and node::GetCurrentEventLoop().
  const isolate: unknown = libc.func('void* _ZN2v87Isolate10GetCurrentEv()')();
  const loop: unknown = libc.func('void* _ZN4node19GetCurrentEventLoopEPN2v87IsolateE(void*)')(isolate);
  const alive = libc.func('int uv_loop_alive(void*)');
  return { koffi, libc, loop, isAlive: () => alive(loop) !== 0 };
}
