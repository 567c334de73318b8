// One acquisition of something in a room.
import { showAs } from '../../system/show-as';

export interface Releasable {
  releaseToken(token: number): Promise<void>;
  releaseTokenSync(token: number): void;
}

/** `await using held = await lock.acquire()` releases it at the end of the block. */
export class RoomHeld implements Disposable, AsyncDisposable {
  /** Greater than that of all who had it before. */
  readonly token: number;
  readonly #of: Releasable;
  #isReleased = false;

  constructor(of: Releasable, token: number) {
    this.#of = of;
    this.token = token;
  }

  /**
   * Gives back what was acquired. Saying it again does nothing, and a later acquisition is not touched.
   *
   * @throws LeaseLostError if it was lost meanwhile.
   */
  async release(): Promise<void> {
    if (this.#isReleased) return;
    this.#isReleased = true;
    await this.#of.releaseToken(this.token);
  }

  /** The blocking twin of release(). */
  releaseSync(): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    this.#of.releaseTokenSync(this.token);
  }

  [Symbol.dispose](): void {
    this.releaseSync();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.release();
  }
}

showAs(RoomHeld.prototype, (held: RoomHeld) => `<Held token=${held.token}>`);
