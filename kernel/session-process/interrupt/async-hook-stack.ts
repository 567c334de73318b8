// Termination skips the `after` of async hooks; Node would find its stack of them corrupted and abort. This
// empties it, through the only door that Node leaves: its handling of an uncaught error (`async_wrap` is gone
// in Node 24).

import timers from 'node:timers';
import { ownProcess, safely, setImmediate } from '../safeguards/pristine';

type Capture = ((error: Error) => void) | null;

const { defineProperty, getOwnPropertyDescriptor } = Object;
const { deleteProperty } = Reflect;
const NativeError = Error;

// It is taken now: once `domain` is loaded, which `repl` and so ts-node do, Node refuses the first of them.
const setCapture = ownProcess.setUncaughtExceptionCaptureCallback;
const handleUncaught = (
  ownProcess as unknown as { _fatalException(error: Error, fromPromise: boolean): boolean }
)._fatalException;

/** The callback that the program itself has set, which Node does not tell. */
let capture: Capture = null;

export function noteUncaughtCapture(): void {
  ownProcess.setUncaughtExceptionCaptureCallback = (callback: Capture) => {
    setCapture(callback);
    capture = callback;
  };
}

export function clearAsyncHookStack(): void {
  const error = new NativeError('interrupted');
  setCapture(null);
  setCapture(() => {});
  try {
    // It is done without a word to the listeners of `process`: this error is none of the student's.
    instead(
      ownProcess,
      'emit',
      () => true,
      () =>
        // Node calls what stands there.
        instead(timers, 'setImmediate', setImmediate, () => handleUncaught(error, false)),
    );
  } finally {
    setCapture(null);
    if (capture) setCapture(capture);
  }
}

/** Puts a value in the place of another for a moment, where it is not frozen. */
function instead(object: object, name: string, value: unknown, act: () => void): void {
  const before = getOwnPropertyDescriptor(object, name);
  const isPlaced = safely(() => {
    defineProperty(object, name, { value, configurable: true, writable: true });
    return true;
  }, false);
  try {
    act();
  } finally {
    if (isPlaced && before) defineProperty(object, name, before);
    else if (isPlaced) deleteProperty(object, name);
  }
}
