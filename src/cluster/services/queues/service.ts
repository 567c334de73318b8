// The queues of a room: of a Queue an item is the taker's at once, of a JoinableQueue when it says that it is
// done.
import { TooManyDoneError } from '../../../errors';
import { clearInterval, setInterval } from '../../../system/timers';
import type { Pulled } from '../../connection/puller';
import { type Desk, GAVE_UP, type Operations, type Question } from '../../line/service';
import { NamedQueue } from './named-queue';
import type { QueueName, Timed } from './queue-name';
import { LEASE_MS, QueueStreams } from './streams';

export function openQueues(desk: Desk) {
  const streams = new QueueStreams(desk);
  const queues = new Map<string, NamedQueue>();
  /** What this process has taken and not finished. */
  const working = new Map<string, Pulled[]>();
  let renewing: NodeJS.Timeout | undefined;
  const keyOf = ({ name, maxsize }: QueueName) => `${maxsize} ${name}`;
  const queue = (which: QueueName): NamedQueue => {
    const key = keyOf(which);
    const found =
      queues.get(key) ?? new NamedQueue({ name: which.name, maxsize: which.maxsize }, desk, streams);
    queues.set(key, found);
    return found;
  };
  const renew = () => {
    for (const all of working.values()) for (const pulled of all) pulled.working();
  };
  const work = (which: QueueName, pulled: Pulled) => {
    const key = keyOf(which);
    working.set(key, [...(working.get(key) ?? []), pulled]);
    renewing ??= setInterval(renew, LEASE_MS / 4);
  };
  const done = (which: QueueName): Pulled | undefined => {
    const key = keyOf(which);
    const [first, ...rest] = working.get(key) ?? [];
    if (rest.length > 0) working.set(key, rest);
    else working.delete(key);
    if (working.size === 0) {
      clearInterval(renewing);
      renewing = undefined;
    }
    return first;
  };

  return {
    put: ({ bytes, timeoutMs, ...which }: Timed & { bytes: Uint8Array }, { stop }: Question) =>
      queue(which).put(bytes, { stop, timeoutMs }),

    /** `mustFinish`: it is in work until taskDone(), and somebody else's if this process ends before. */
    take: async (
      { mustFinish, timeoutMs, ...which }: Timed & { mustFinish: boolean },
      question: Question,
    ) => {
      const { stop } = question;
      const taken = await queue(which).take({ stop, timeoutMs });
      if (taken === GAVE_UP || taken === undefined) return taken;
      const { bytes, pulled } = taken;
      if (mustFinish) work(which, pulled);
      else void queue(which).keep(pulled);
      // At the end of the queue: its old place is taken.
      question.ifUnheard(async () => {
        if (mustFinish) done(which);
        await queue(which).put(bytes, { stop: new AbortController().signal, timeoutMs: undefined });
        if (mustFinish) await queue(which).keep(pulled);
      });
      return bytes;
    },

    taskDone: async (which: QueueName) => {
      const pulled = done(which);
      if (pulled === undefined) throw new TooManyDoneError();
      await queue(which).keep(pulled);
    },

    join: ({ timeoutMs, ...which }: Timed, { stop }: Question) => queue(which).finished({ stop, timeoutMs }),

    /** `isJoinable`: what is in work is no longer in the queue. */
    size: async ({ isJoinable, ...which }: QueueName & { isJoinable: boolean }) => {
      const { all, taken } = await queue(which).count();
      return isJoinable ? Math.max(0, all - taken) : all;
    },
  } satisfies Operations;
}
