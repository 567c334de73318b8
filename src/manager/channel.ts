// A way for messages between a client and a server, each with one value. memory-channel.ts implements it for
// the processes of a program, socket-channel.ts for other programs.

export type Arrived = { value: unknown } | { broken: unknown };

export interface Channel<Out, In> {
  /**
   * Sent when this returns or on its way for certain, without the event loop if `blocking`. Throws when the
   * value cannot travel; then nothing was sent.
   */
  send(message: Out, value?: unknown, how?: 'blocking'): void;
  /** Whom each message is given to. */
  onMessage(hear: (message: In, arrived: Arrived) => void): void;
  /** Messages are heard from now on, until rest(). It holds the event loop meanwhile. */
  listen(): void;
  /** Listens no more, and lets the event loop end. */
  rest(): void;
  /** Blocks until something has come and been heard, or the time is up. */
  waitSync(timeoutMs: number): void;
  /** Whether the other side is gone. What it said before has been heard then. */
  ended(): boolean;
  /** Called when the end is noticed. */
  onEnd(then: () => void): void;
  close(): void;
}
