// Sockets without a network: what a front end sends is handed over, what the kernel sends is handed back.

import type {
  AskingChannel,
  Channel,
  Transport,
  TransportEvents,
} from '../../../kernel/kernel-process/transport/transport';

export class MemoryTransport implements Transport {
  #on: TransportEvents | undefined;
  #opened: () => void = () => undefined;
  readonly opened = new Promise<void>((resolve) => {
    this.#opened = resolve;
  });
  /** The front end's side. */
  receive: (channel: Channel, frames: Buffer[]) => void = () => undefined;
  /** While set, iopub takes nothing: a front end that does not read. */
  iopubBlocked: Promise<void> | undefined;
  closed = false;
  readonly ports = { shell_port: 1, iopub_port: 2, stdin_port: 3, hb_port: 4, control_port: 5 };

  async open(on: TransportEvents): Promise<void> {
    this.#on = on;
    this.#opened();
  }

  async send(channel: Channel, frames: (string | Buffer)[]): Promise<void> {
    if (channel === 'iopub') await this.iopubBlocked;
    this.receive(
      channel,
      frames.map((frame) => Buffer.from(frame as string)),
    );
  }

  close(): void {
    this.closed = true;
  }

  deliver(channel: AskingChannel, frames: (string | Buffer)[]): void {
    this.#on?.message(
      channel,
      frames.map((frame) => Buffer.from(frame as string)),
    );
  }

  subscribe(topic: string): void {
    this.#on?.subscribed(topic);
  }
}
