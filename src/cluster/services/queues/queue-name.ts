// Which queue of a room is meant, and how long somebody waits for it.

export interface QueueName {
  readonly name: string;
  readonly maxsize: number;
}

export interface Patience {
  readonly stop: AbortSignal;
  readonly timeoutMs: number | undefined;
}

export type Timed = QueueName & { readonly timeoutMs: number | undefined };
