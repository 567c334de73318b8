// sleep() and sleepSync(), as a program under control sees them: on the virtual clock.

import { WaitAbortedError } from '../../errors';
import { checkOptionsOf } from '../../given';
import { forgetAbort, onAbort } from '../../system/abort';
import { checkSleep, type sleep as realSleep, type sleepSync as realSleepSync } from '../../waiting/sleep';
import { perform, runner } from '../operations';
import { ControlledTimer } from './controlled-timer';

export const sleep: typeof realSleep = (ms, options = {}) =>
  new Promise((resolve, reject) => {
    checkSleep(ms);
    checkOptionsOf('signal', options);
    const { signal } = options;
    if (signal?.aborted) throw new WaitAbortedError('sleep()', signal.reason);
    const giveUp = ({ reason }: AbortSignal) => {
      timer.close();
      reject(new WaitAbortedError('sleep()', reason));
    };
    const done = () => {
      if (signal !== undefined) forgetAbort(signal, giveUp);
      resolve();
    };
    const timer = new ControlledTimer(done, ms, false);
    if (signal !== undefined) onAbort(signal, giveUp);
  });

export const sleepSync: typeof realSleepSync = (ms) => {
  checkSleep(ms);
  perform('sleep', -1, [ms]);
  runner().clock += ms;
};
