// How the things of a room are made again in a process that has not loaded this folder yet: it is loaded when
// the first one comes.
import { type Handle, registerHandle, restoreHandle, type Shareable } from '../objects/handle';

/** By its kind, the module that makes it, which registers itself in place of this. */
const KINDS: { readonly [kind: string]: () => unknown } = {
  'room-lock': () => require('./sync/lock'),
  'room-rlock': () => require('./sync/rlock'),
  'room-semaphore': () => require('./sync/semaphore'),
  'room-bounded-semaphore': () => require('./sync/semaphore'),
  'room-event': () => require('./sync/event'),
  'room-barrier': () => require('./sync/barrier'),
  'room-value': () => require('./sync/value'),
  'room-queue': () => require('./channel/queue'),
  'room-joinable-queue': () => require('./channel/joinable-queue'),
};

for (const [kind, load] of Object.entries(KINDS)) {
  registerHandle(kind, (handle: Handle): Shareable => {
    load();
    return restoreHandle(handle);
  });
}
