// What can come between a cell and its reply: the kernel dies, the connection is lost, the caller gives up,
// or time is over. Makes an end of every wait.
import type { Kernel } from '@jupyterlab/services';

/** No cell can be run any more. */
class KernelLost extends Error {}

/** This cell takes too long; the kernel may be well. */
export class TooLate extends Error {}

export class Trouble {
  readonly #lost: Promise<never>;
  #lose: (error: Error) => void = () => {};

  constructor(kernel: Kernel.IKernelConnection, signal: AbortSignal) {
    this.#lost = new Promise<never>((_, reject) => {
      this.#lose = reject;
    });
    this.#lost.catch(() => {});
    const lose = (sentence: string): void => this.#lose(new KernelLost(sentence));
    kernel.statusChanged.connect((_, status) => {
      if (['dead', 'autorestarting', 'restarting', 'terminating'].includes(status)) lose('The kernel died.');
    });
    kernel.connectionStatusChanged.connect((_, status) => {
      if (status === 'disconnected') lose('The connection to the kernel was lost.');
    });
    const onAbort = (): void => lose('It was interrupted.');
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
  }

  /** @throws KernelLost, or TooLate with the given sentence. */
  async orElse<T>(wait: Promise<T>, timeoutMs: number, late: string): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new TooLate(late)), timeoutMs);
    });
    try {
      return await Promise.race([wait, this.#lost, timeout]);
    } finally {
      clearTimeout(timer);
    }
  }
}
