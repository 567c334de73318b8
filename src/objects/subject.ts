// What a thread waits for, as plain data: it stands in shared memory, where whoever looks for a deadlock
// reads it.

/** What is waited for, as plain data. */
export type Subject =
  | {
      readonly type: 'object';
      /** The name of its class. */
      readonly kind: string;
      readonly offset: number;
      /**
       * Where those who can bring what is waited for are registered, if not at `offset`; and pins that always
       * are.
       */
      readonly through?: number;
      readonly pins?: number;
      readonly owned?: Owned;
      /** How many parties a Barrier has. */
      readonly parties?: number;
    }
  /** The end of a child. */
  | { readonly type: 'end'; readonly child: number }
  /** The results of a pool, from those of its workers that have something to do. */
  | { readonly type: 'work'; readonly workers: readonly number[] };

/** The subject of a wait for what one thread has at a time. */
interface Owned {
  /** Index of the word with the owner's tag. */
  readonly at: number;
  /**
   * Whether none but the owner can give it back: always, or while the word with that index names the owner,
   * too.
   */
  readonly byOwner: true | { readonly at: number };
}
