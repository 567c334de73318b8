// What the processes of a room say to each other about a lock.

/** One that waits for a lock. */
export interface Waiting {
  readonly process: string;
  /** Which of its waits. */
  readonly id: number;
  /** Its place, once a holder has given it one: they only rise, also from one holder to the next. */
  readonly number?: number;
}

export type LockQuestion = { readonly lock: string } & LockWords;

type LockWords =
  /** To the holder: let me wait behind the others. The same one may ask again. */
  | { readonly type: 'queue'; readonly waiting: Waiting }
  /** To a holder, without an answer: I wait no more. */
  | { readonly type: 'leave'; readonly waiting: Waiting }
  /** From the holder, to the first who waits: write over record `sequence`, and `line` waits behind you. */
  | {
      readonly type: 'turn';
      readonly id: number;
      readonly sequence: number;
      readonly line: readonly Waiting[];
    };

/** From whoever has the lock by now: a question is sent after it. */
export type QueueAnswer =
  | { readonly type: 'queued'; readonly number: number; readonly holder: string }
  /** Freed a moment ago, and promised to nobody else: write over record `sequence`. */
  | { readonly type: 'free'; readonly sequence: number }
  /** Nothing is known of it here any more. */
  | { readonly type: 'unknown' };

/** 'lost': somebody else wrote since, so whoever offered it had lost it. */
export type TurnAnswer = 'mine' | 'gone' | 'lost';

/** What stands in the broker while a lock is held. */
export interface LockRecord {
  readonly holder: string;
  /** Different for each acquisition: by it a writing is known whose answer was lost. */
  readonly nonce: string;
  /** For people: which process that is. */
  readonly who: { readonly host: string; readonly pid: number };
}
