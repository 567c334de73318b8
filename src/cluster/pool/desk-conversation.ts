// Everything that a pool and its part in the thread of the line say to each other.

import type { AnswerHead, ChunkHead, HostEntry, Printed } from './conversation';

/** To the thread. */
export interface PoolWords {
  /** Answered when it is known who is there. */
  open: { pool: string };
  learn: { pool: string; program: number; bytes: Uint8Array; bundle: string | undefined };
  unlearn: { pool: string; program: number };
  /** A bundle, for whoever asks. */
  pack: { pool: string; hash: string; bytes: Uint8Array };
  give: { pool: string; head: ChunkHead; items: Uint8Array };
  /** Nothing of it is wanted any more. `isHard`: what runs is ended, too. */
  drop: { pool: string; work: number; isHard: boolean };
  /** What nobody has begun comes back. */
  recall: { pool: string; work: number };
  /** Answered when nothing is left of it. */
  leave: { pool: string };
}

/** From the thread. */
export type PoolEvent =
  | { type: 'hosts'; hosts: readonly HostEntry[] }
  /** Undefined: it was given back. */
  | { type: 'began'; chunk: number; host: string | undefined }
  /** The first for its chunk, and the only one. */
  | { type: 'answered'; head: AnswerHead; body: Uint8Array }
  /** Nobody has begun it. */
  | { type: 'recalled'; chunk: number }
  /** As many hosts were lost with it as may be. */
  | { type: 'lost'; chunk: number; hosts: readonly string[] }
  /** The broker does not take it. */
  | { type: 'refused'; chunk: number; message: string }
  /** The connection to the broker has ended for ever. */
  | { type: 'ended' }
  | { type: 'printed'; printed: readonly Printed[] };
