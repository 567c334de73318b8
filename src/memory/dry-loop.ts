// Tells when the event loop has nothing left to do, before it ends. Node itself would then wait for the tasks that V8 gave
// to other threads (in Node 20 each full garbage collection gives one), and a forked process has none to do them.
// Not the global functions: a host may clear the timers of the code that called us.
import { setImmediate } from 'node:timers';

const UV_PREPARE = 9;

/** `then` is called from the event loop; `isStill`: since the last call nothing has come to be done. */
export function whenLoopIsDry(then: (isStill: boolean) => void): void {
  const koffi = require('koffi') as typeof import('koffi');
  const libc = koffi.load(null);
  koffi.proto('void ParlabPrepare(void*)');
  const loop: unknown = libc.func('void* uv_default_loop()')();
  const isAlive = libc.func('int uv_loop_alive(void*)');
  const ref = libc.func('void uv_ref(void*)');
  const unref = libc.func('void uv_unref(void*)');
  const handle: unknown = koffi.alloc('uint8_t', Number(libc.func('size_t uv_handle_size(int)')(UV_PREPARE)));
  let isStill = false;
  const tell = () => {
    const before = process.getActiveResourcesInfo().length;
    then(isStill);
    isStill = true;
    // A timer may be over before the next look.
    process.nextTick(() => {
      if (process.getActiveResourcesInfo().length > before) isStill = false;
    });
  };
  // Runs before each sleep of the loop, outside of what Node calls a callback, so it only plans one.
  const look = koffi.register(() => {
    unref(handle);
    const isDry = isAlive(loop) === 0;
    ref(handle);
    if (isDry) setImmediate(tell);
    else isStill = false;
  }, 'ParlabPrepare*');
  libc.func('int uv_prepare_init(void*, void*)')(loop, handle);
  libc.func('int uv_prepare_start(void*, ParlabPrepare*)')(handle, look);
}
