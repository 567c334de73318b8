// How long a session has been silent: checks that it has not answered, and since when nothing has come of it.

/** How many checks may stay without an answer: the session was stopped, or the machine does much else. */
const UNANSWERED = 4;
export const NO_ANSWER =
  'The session does not answer: it may have been stopped. If it stays so, interrupt the cell, and a new session is started.\n';

export class Silence {
  #unanswered = 0;
  #hasWritten = false;

  answered(): void {
    this.#unanswered = 0;
  }

  /** An answer stands behind all that was written before it: while that still comes, it is not late. */
  wrote(): void {
    this.#hasWritten = true;
  }

  /** Before another check is sent: whether the silence is to be told now, which is once. */
  isToBeTold(): boolean {
    const hasWritten = this.#hasWritten;
    this.#hasWritten = false;
    return !hasWritten && this.#unanswered++ === UNANSWERED;
  }
}
