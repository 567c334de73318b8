// The end of what keeps the main thread busy: V8 runs no more JavaScript until the event loop turns, and
// Node must find its stack of async hooks in order.

import { Session } from 'node:inspector';
import { resumeContext, suspendContext } from '../cell/cell';
import { clearAsyncHookStack } from './async-hook-stack';
import { part } from './parts';
import { guardPushes, letPushesGo } from './push-guard';

const { defineProperty, getOwnPropertyDescriptor } = Object;
const { deleteProperty } = Reflect;
const ofAllObjects = Object.prototype;

const own = new Session();
const post = own.post.bind(own);

let isPrepared = false;

export function connectTermination(): void {
  own.connect();
}

/**
 * Last of all: anything that ran after it would be terminated in place of the student's code. False where
 * it is for the watcher to terminate.
 */
export function terminateNow(): boolean {
  // The inspector is spoken to in JSON, into which a `toJSON` of all objects would put its own words.
  const foreign = getOwnPropertyDescriptor(ofAllObjects, 'toJSON');
  const isPlain = foreign === undefined || deleteProperty(ofAllObjects, 'toJSON');
  try {
    prepareTermination();
    if (isPlain) post('Runtime.terminateExecution');
  } finally {
    if (foreign) defineProperty(ofAllObjects, 'toJSON', foreign);
  }
  return isPlain;
}

export function prepareTermination(): void {
  isPrepared = true;
  part(suspendContext);
  part(guardPushes);
  part(clearAsyncHookStack);
}

/**
 * Is called when all has been terminated that was to be. The guard costs much, and would be where most
 * attempts find the thread.
 */
export function endGuard(): void {
  part(letPushesGo);
}

/** The event loop turns. */
export function endTermination(): void {
  endGuard();
  if (!isPrepared) return;
  isPrepared = false;
  part(resumeContext);
  part(forgetHalfLoaded);
}

/** A module whose loading was cut would stay in the cache for ever, without its exports. */
function forgetHalfLoaded(): void {
  for (const path in require.cache) if (require.cache[path]?.loaded === false) delete require.cache[path];
}
