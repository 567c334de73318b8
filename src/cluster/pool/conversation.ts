// Everything that a pool and the hosts of its room say to each other. Each message has a head, a few words
// about it in a header, and a body, the bytes of values as the one who made them wrote them down.
import { headers, type MsgHdrs } from '@nats-io/transport-node';
import type { Frame } from '../../host/frames';
import type { Versions } from '../versions';

/** A chunk on its way to whichever host is free first. Body: the items. */
export interface ChunkHead {
  readonly pool: string;
  readonly chunk: number;
  /** The call that it is part of, which may be stopped. */
  readonly work: number;
  /** The copy of the function; calls of a function that cannot change have one in common. */
  readonly copy: number;
  readonly program: number;
  /** The initializer. */
  readonly beginning: number;
  readonly spread: boolean;
  readonly stopsAtError: boolean;
  /** Left out: no limit. */
  readonly budgetMs?: number;
  readonly tag: string;
  readonly count: number;
  readonly maxTasks?: number;
  /** What the items name of local modules. */
  readonly bundle?: string;
  readonly versions: Versions;
  readonly blob?: string;
}

/** From a host to the pool, which confirms it. Body: values, outcomes or an error. */
export type AnswerHead = {
  readonly chunk: number;
  readonly host: string;
  readonly pid: number;
  /** Of the worker: PoolWorker-1. */
  readonly name: string;
  readonly blob?: string;
} & (
  | { readonly type: 'returned'; readonly tookMs: number }
  | { readonly type: 'settled'; readonly tookMs: number }
  /** Nothing of it was begun. */
  | { readonly type: 'refused'; readonly isMissing: boolean }
  | { readonly type: 'failedToStart' }
  /** The process that ran it; the host lives. */
  | {
      readonly type: 'died';
      readonly begun: number;
      readonly exitcode: number | null;
      readonly isReady: boolean;
    }
);

/** From a host, unconfirmed: by it the pool knows who has what. */
export interface BeganHead {
  readonly chunk: number;
  readonly host: string;
  /** Of the host's own process, by which it is known. */
  readonly id: string;
  /** It gives the chunk back, for it must leave. */
  readonly isHandedBack?: boolean;
}

/** What a host asks a pool for; without either, only whether it is there. */
export interface ProgramAsk {
  readonly program?: number;
  readonly bundle?: string;
}

/** Body: the program or the bundle. */
export interface ProgramHead {
  /** The pool does not have it any more. */
  readonly isGone?: boolean;
  /** The bundle that the program needs. */
  readonly bundle?: string;
  readonly blob?: string;
}

/** To all hosts of the room. Without work: the pool has ended. */
export interface StopHead {
  readonly work?: number;
  /** What runs is ended, too; else only nothing more is begun. */
  readonly isHard: boolean;
}

/** What a child printed, under the tag of the cell that called. */
export type Printed = Pick<Frame, 'kind' | 'tag' | 'payload'>;

/** What a host tells of itself, again and again. */
export interface HostEntry {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  readonly slots: number;
  readonly busy: number;
  readonly versions: Versions;
}

export const HEAD = 'Parlab';

/** A header may have no other characters. */
function headText(head: object): string {
  return JSON.stringify(head).replace(
    /[^ -~]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A head as headers of a message. */
export function withHead(head: object): MsgHdrs {
  const made = headers();
  made.set(HEAD, headText(head));
  return made;
}

export function headOf<H>(text: string | undefined): H {
  return JSON.parse(text ?? '{}') as H;
}
