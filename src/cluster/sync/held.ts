// One acquisition of something in a room.
import { showAs } from '../../system/show-as';

/** How it is given back. */
export interface Releasing {
  release(): Promise<unknown>;
  releaseSync(): unknown;
}

/**
 * A permit of a semaphore. `await using permit = await semaphore.acquire()` gives it back at the end of the
 * block.
 */
export class RoomPermit implements Disposable, AsyncDisposable {
  readonly #releasing: Releasing;
  #isReleased = false;

  /** @internal */
  constructor(releasing: Releasing) {
    this.#releasing = releasing;
  }

  /**
   * Gives back what was acquired. Saying it again does nothing, and a later acquisition is not touched.
   *
   * @throws LeaseLostError if it was lost meanwhile.
   */
  async release(): Promise<void> {
    if (this.#isReleased) return;
    this.#isReleased = true;
    await this.#releasing.release();
  }

  /** As release(), but blocks this thread until it is done. */
  releaseSync(): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    this.#releasing.releaseSync();
  }

  /** As releaseSync(), at the end of the block of a `using`. */
  [Symbol.dispose](): void {
    this.releaseSync();
  }

  /** As release(), at the end of the block of an `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.release();
  }
}

/** A lock that is held. `await using held = await lock.acquire()` releases it at the end of the block. */
export class RoomHeld extends RoomPermit {
  /** Greater than that of all who had the lock before. */
  readonly token: number;

  /** @internal */
  constructor(releasing: Releasing, token: number) {
    super(releasing);
    this.token = token;
  }
}

/** Releases it whatever happens in `body`. */
export async function whileHeld<T>(held: RoomPermit, body: () => T | PromiseLike<T>): Promise<T> {
  let result: T;
  try {
    result = await body();
  } catch (error) {
    // What went wrong inside says more than that it was lost meanwhile.
    await held.release().catch(() => {});
    throw error;
  }
  await held.release();
  return result;
}

showAs(RoomPermit.prototype, () => '<Held>');
showAs(RoomHeld.prototype, (held: RoomHeld) => `<Held token=${held.token}>`);
