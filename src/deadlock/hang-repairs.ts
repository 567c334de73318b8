// The words for waits that no process is left to end, by the kind of the hang.

import type { HangKind } from './hang';

/** What the wait is for, what the others could have done, and what to write. */
export interface Nobody {
  readonly wanted: string;
  readonly could: string;
  readonly repair: string;
}

export const nobody: { readonly [kind in HangKind]?: Nobody } = {
  'unanswered-get': {
    wanted: 'an item of',
    could: 'put one',
    repair:
      'Put as many items as are taken, or at the end one sign such as null for each process that takes.',
  },
  'unanswered-put': {
    wanted: 'room in',
    could: 'take an item',
    repair: 'Take the items while others put, or make the queue without a limit.',
  },
  'missing-task-done': {
    wanted: 'the last item of',
    could: 'report it as done',
    repair: 'Call taskDone() once for each item that is taken, in a finally if the work may fail.',
  },
  'unset-event': {
    wanted: 'the set() of',
    could: 'set it',
    repair: 'Let a process that does not wait for it call set(), on every way that it may go.',
  },
  'missing-notify': {
    wanted: 'a notification of',
    could: 'notify it',
    repair:
      'Call notify() after each change, and wait with waitFor(() => …), which does not wait if it is so already.',
  },
  'no-permit-left': {
    wanted: 'a permit of',
    could: 'give one',
    repair: 'Call release() once for each acquire(), or use with(), which does so whatever happens.',
  },
  'barrier-not-reached': {
    wanted: 'the others at',
    could: 'come',
    repair: 'Make the barrier for as many as call wait(), and let each of them call it equally often.',
  },
  'unanswered-recv': {
    wanted: 'a message from',
    could: 'send one',
    repair: 'Send before you receive, at one of the two ends at least.',
  },
  'unanswered-send': {
    wanted: 'room in',
    could: 'receive a message',
    repair: 'Receive at the other end while this one sends.',
  },
};
export const anything: Nobody = {
  wanted: '',
  could: 'end that',
  repair: 'Let a process that does not wait bring what the others wait for.',
};
