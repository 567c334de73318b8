// The semaphores of a room.
import { performance } from '../../system/timers';
import { type Desk, GAVE_UP, type Operations, type Patience, type Question } from '../line/service';
import { type Cell, TIMED_OUT } from './cells/cell';
import { Cells } from './cells/many';
import { inboxOf } from './inbox';
import { Living } from './living';
import { bury, give, leave, looksAfter, noPermits, type Permits, take, type Wait } from './machines/permits';
import { newWait } from './new-wait';

export interface SemaphoreName {
  readonly name: string;
  /** How many permits there are at first. */
  readonly value: number;
}

export type Releasing = SemaphoreName & {
  readonly count: number;
  readonly limit: number;
  readonly isHeld: boolean;
};

export function openSemaphores(desk: Desk) {
  const cells = new Cells<Permits>(desk, 'semaphore');
  const living = new Living(desk);
  const inbox = inboxOf(desk);
  const cell = ({ name, value }: SemaphoreName) => cells.named(name, () => noPermits(value));

  const giveUp = async (permits: Cell<Permits>, wait: Wait): Promise<void> => {
    await permits.change((state) => ({ state: leave(state, wait), result: undefined }));
  };
  const waitInLine = async (permits: Cell<Permits>, wait: Wait, { stop, timeoutMs }: Patience) => {
    const bringOutTheDead = async () => {
      const state = await permits.read(stop);
      for (const process of await living.dead(state === undefined ? [] : looksAfter(state, wait))) {
        await permits.change((before) => ({ state: bury(before, process), result: undefined }), stop);
      }
    };
    const isGiven = (state: Permits) =>
      // Also if it was buried by mistake: then it stands nowhere, and the next step puts it in line again.
      state.line.some(({ process, id }) => process === wait.process && id === wait.id) ? undefined : true;
    const until = timeoutMs === undefined ? undefined : performance.now() + timeoutMs;
    for (;;) {
      const leftMs = until === undefined ? undefined : Math.max(0, until - performance.now());
      const outcome = await permits.until(isGiven, { stop, timeoutMs: leftMs }, bringOutTheDead);
      if (outcome === GAVE_UP) {
        void giveUp(permits, wait).catch(() => {});
        return GAVE_UP;
      }
      const isLast = outcome === TIMED_OUT;
      const has = await permits.change((state) => {
        const taken = take(state, wait, !isLast);
        if (taken !== undefined) return { state: taken.permits, result: taken.has };
        return { state: leave(state, wait), result: false };
      });
      if (has === true || isLast) return has === true;
    }
  };
  const release = async ({ count, limit, isHeld, ...which }: Releasing): Promise<string | undefined> =>
    cell(which).change((state) => {
      const { permits, outcome } = give(state, desk.processId, count, limit, isHeld);
      return permits === state ? { result: outcome } : { state: permits, result: outcome };
    });

  return {
    acquire: async (args: SemaphoreName & { timeoutMs: number | undefined }, question: Question) => {
      const { stop } = question;
      question.ifUnheard(async (has) => {
        if (has === true) await release({ ...args, count: 1, limit: Number.MAX_SAFE_INTEGER, isHeld: true });
      });
      await inbox.open();
      const permits = cell(args);
      const wait = newWait(desk);
      const queues = args.timeoutMs !== 0;
      const tries = permits.change((state) => {
        const taken = take(state, wait, queues);
        if (taken === undefined) return { result: false };
        return taken.permits === state ? { result: taken.has } : { state: taken.permits, result: taken.has };
      });
      const first = await unlessStopped(tries, stop);
      if (first === GAVE_UP) {
        void tries.then(() => giveUp(permits, wait)).catch(() => {});
        return GAVE_UP;
      }
      if (first === true || !queues) return first === true;
      return waitInLine(permits, wait, { stop, timeoutMs: args.timeoutMs });
    },
    release,
    value: async (which: SemaphoreName) => (await cell(which).read())?.value ?? 0,
  } satisfies Operations;
}

/** Who gives up is answered at once, whatever the broker does. */
function unlessStopped<T>(work: Promise<T>, stop: AbortSignal): Promise<T | typeof GAVE_UP> {
  return new Promise((resolve, reject) => {
    const giveUp = () => resolve(GAVE_UP);
    if (stop.aborted) giveUp();
    stop.addEventListener('abort', giveUp);
    work.then(resolve, reject).finally(() => stop.removeEventListener('abort', giveUp));
  });
}
