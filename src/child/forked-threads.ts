// Preloaded in Node 20 by every thread of a forked child: a worker thread ends there when it sees that its
// loop is dry. Node would wait, before it ends one, for tasks that V8 gave to a thread which is not there
// (docs/decisions/zygote.md). What sees it is native code, so a thread that is loading it is not terminated.
import { syncBuiltinESMExports } from 'node:module';
import { isMainThread, threadId, type Worker, type WorkerOptions } from 'node:worker_threads';
import {
  beginLoading,
  endLoading,
  placeOfThread,
  waitForLoadingAtExit,
  waitUntilAllAreLoaded,
} from '../start/thread-loading';
import { ZYGOTE_OPTIONS } from '../start/zygote/zygote-options';
import { whenThreadLoopIsDry } from '../system/dry-loop';
import { endWhenDry } from './end-when-dry';

const threads = require('node:worker_threads') as { Worker: typeof import('node:worker_threads').Worker };
const terminate = threads.Worker.prototype.terminate;
threads.Worker.prototype.terminate = function () {
  waitUntilAllAreLoaded();
  return terminate.call(this);
};
threads.Worker = new Proxy(threads.Worker, {
  construct: (target, [file, options, ...rest], newTarget) => {
    waitForLoadingAtExit();
    const worker = Reflect.construct(target, [file, withPreload(options), ...rest], newTarget) as Worker;
    const place = placeOfThread(worker.threadId);
    worker.once('exit', () => endLoading(place));
    return worker;
  },
});
syncBuiltinESMExports();

if (!isMainThread) {
  const given = process.execArgv;
  process.execArgv = given.at(-1) === __filename ? given.slice(0, -ZYGOTE_OPTIONS.length) : given.slice(2);
  const place = placeOfThread(threadId);
  beginLoading(place);
  whenThreadLoopIsDry(endWhenDry);
  endLoading(place);
}

/** A thread takes over the options of its process, unless it is given its own or an environment. */
function withPreload(options: WorkerOptions | undefined): WorkerOptions | undefined {
  const own = options?.execArgv;
  const hasOwn = Array.isArray(own) || (typeof options?.env === 'object' && options.env !== null);
  if (!hasOwn) return options;
  return { ...options, execArgv: ['--require', __filename, ...(own ?? [])] };
}
