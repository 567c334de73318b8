// Which queue of a room is meant.

export interface QueueName {
  readonly name: string;
  readonly maxsize: number;
}

export type Timed = QueueName & { readonly timeoutMs: number | undefined };
