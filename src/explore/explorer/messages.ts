// All that a program and its explorer process say to each other.

import type { Queue } from '../../channel/queue';
import type { Trace } from '../../trace/record';
import type { Garbled } from '../garble';
import type { LateWrites, OutcomeCount, Replay, Rung } from '../outcome';
import type { Position } from '../position';
import type { Snapshot } from '../snapshot';

export interface ExplorerStart {
  readonly requests: Queue<ToExplorer>;
  readonly answers: Queue<FromExplorer>;
}

/** What is to be explored. */
export interface Subject {
  /** `{ program, invariant, expect, memory }`, captured together, so that they share what they share. */
  readonly task: Uint8Array;
  /** What each lock, queue and value was at that moment. */
  readonly snapshot: Snapshot;
  /** The file from whose place modules are looked up. */
  readonly home: string;
  readonly settings: Settings;
}

export interface Settings {
  readonly anyOrder: boolean;
  readonly seed: number;
  readonly states: number;
  readonly orders: number;
  readonly lateWrites: boolean;
  readonly garbled: Garbled | undefined;
}

export type Request =
  | { readonly type: 'explore'; readonly subject: Subject }
  | { readonly type: 'replay'; readonly subject: Subject; readonly code: string }
  | { readonly type: 'look'; readonly subject: Subject; readonly tokens: readonly string[] };

export type ToExplorer = Request & { readonly id: number };

export type FromExplorer =
  /** Still at work: who has heard nothing for long may take it that one step never ends. */
  | { readonly type: 'going'; readonly id: number }
  | { readonly type: 'explored'; readonly id: number; readonly findings: Findings }
  | { readonly type: 'replayed'; readonly id: number; readonly replay: Replay<string> }
  | { readonly type: 'looked'; readonly id: number; readonly position: Position; readonly trace: Trace }
  | { readonly type: 'failed'; readonly id: number; readonly failure: Failed };

/** What a request gets in the end, of these answers. */
export type Answer = Exclude<FromExplorer, { type: 'going' }>;

/** `order`: the code is none of this program. */
export interface Failed {
  readonly kind: 'escape' | 'order' | 'error';
  readonly message: string;
}

export interface Findings {
  readonly orders: bigint;
  readonly isComplete: boolean;
  /** The outcomes, with their results as results/form.ts writes them. */
  readonly outcomes: readonly OutcomeCount<string>[];
  readonly failing: OutcomeCount<string> | undefined;
  readonly rungs: readonly Rung[];
  readonly lateWrites: LateWrites<string>;
  readonly hasDeferred: boolean;
  readonly hasLeftOut: boolean;
  readonly mostAtOnce: number;
  readonly idealMs: number;
  readonly timed: Trace;
  readonly escapes: readonly string[];
  readonly cost: Cost;
  /** The program left something behind in the explorer process. */
  readonly isSpoilt: boolean;
}

export interface Cost {
  /** States met. */
  readonly states: number;
  /** How often code was run from its beginning. */
  readonly executions: number;
  /** Milliseconds from its beginning to its end. */
  readonly ms: number;
}
