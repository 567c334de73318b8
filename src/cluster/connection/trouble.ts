// What kinds of trouble a question to the broker may end in.
import { JetStreamApiError } from '@nats-io/jetstream';
import { errors, PermissionViolationError } from '@nats-io/transport-node';
import { clearTimeout, setTimeout } from '../../system/timers';

const WRONG_LAST_SEQUENCE = 10071;
/** Of a stream, and of a subject of it. */
const TOO_MANY_MESSAGES = [10077, 10122];
const STREAM_NOT_FOUND = 10059;
const CONSUMER_NOT_FOUND = 10014;
const AFTER_MS = 200;

/** Somebody else wrote since. */
export function isConflict(error: unknown): boolean {
  return error instanceof JetStreamApiError && error.code === WRONG_LAST_SEQUENCE;
}

/** There is no room in the stream for one more. */
export function isFull(error: unknown): boolean {
  if (!(error instanceof JetStreamApiError)) return false;
  return TOO_MANY_MESSAGES.includes(error.code) || /maximum messages/.test(error.message);
}

/** The broker has forgotten what was made there, as after a lost disk. */
export function isForgotten(error: unknown): boolean {
  if (!(error instanceof JetStreamApiError)) return false;
  return error.code === STREAM_NOT_FOUND || error.code === CONSUMER_NOT_FOUND;
}

/** Nobody listens there, said by the broker at once. */
export function isNobodyThere(error: unknown): boolean {
  if (error instanceof errors.NoRespondersError) return true;
  return error instanceof errors.RequestError && error.isNoResponders();
}

/** What the permissions of this user do not allow. The client wraps what a question ends in. */
export function forbidden(error: unknown): PermissionViolationError | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof PermissionViolationError) return at;
  }
  return undefined;
}

/**
 * The broker was away, is starting, or did not answer in time: whether it did what it was asked is not known.
 */
export function isAway(error: unknown): boolean {
  if (forbidden(error) !== undefined) return false;
  return (
    isForgotten(error) ||
    error instanceof errors.TimeoutError ||
    error instanceof errors.RequestError ||
    isNobodyThere(error) ||
    // Not exported: nobody listens where the streams are, as while the broker starts.
    (error instanceof Error && error.name === 'JetStreamNotEnabled') ||
    error instanceof errors.ClosedConnectionError ||
    (error instanceof JetStreamApiError && error.status === 503)
  );
}

/** Asks again while the broker is away. Resolves to undefined when `stop` is aborted. */
export async function persist<T>(attempt: () => Promise<T>, stop?: AbortSignal): Promise<T | undefined> {
  while (stop?.aborted !== true) {
    try {
      return await attempt();
    } catch (error) {
      if (!isAway(error)) throw error;
      await pause(AFTER_MS, stop);
    }
  }
  return undefined;
}

/** Resolves after that time, or when `stop` is aborted, also if it was before. */
export function pause(ms: number, stop?: AbortSignal): Promise<void> {
  if (stop?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stop?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    stop?.addEventListener('abort', done);
  });
}
