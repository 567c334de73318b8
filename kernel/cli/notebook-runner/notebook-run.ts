// Cells of one notebook in one kernel, one after the other: what each printed and showed becomes its outputs.
// Judges nothing.
import type { Kernel, KernelMessage } from '@jupyterlab/services';
import { type Cell, sourceOf } from './notebook-file';
import { Outputs } from './outputs';
import { Trouble } from './trouble';

export type CellReply = KernelMessage.IExecuteReplyMsg['content'];

const KERNEL_STARTS_WITHIN_MS = 60_000;
// A child may still print after the last cell: its end is awaited, and its output until it pauses.
const LATE_OUTPUT_PAUSE_MS = 300;
const LATE_OUTPUT_LIMIT_MS = 5_000;
const LIBRARY = 'parlab';
const JOIN_CHILDREN = `import { activeChildren } from '${LIBRARY}';
await Promise.all(activeChildren().map((child) => child.join({ timeout: ${LATE_OUTPUT_LIMIT_MS} })));`;

export class NotebookRun {
  readonly #kernel: Kernel.IKernelConnection;
  readonly #trouble: Trouble;
  readonly #outputs = new Outputs();
  #lastOutputAt = 0;

  constructor(kernel: Kernel.IKernelConnection, signal: AbortSignal) {
    this.#kernel = kernel;
    this.#trouble = new Trouble(kernel, signal);
  }

  /** Resolves when the kernel has run something: the first cell need not wait for what that loads. */
  async begin(): Promise<void> {
    const late = 'The kernel did not start within a minute.';
    const first = async (): Promise<void> => {
      await this.#kernel.info;
      await this.#kernel.requestExecute({ code: '0', silent: true, allow_stdin: false }).done;
    };
    const begun = first();
    // The same death is told by the trouble; here it would be an unhandled rejection.
    begun.catch(() => {});
    await this.#trouble.orElse(begun, KERNEL_STARTS_WITHIN_MS, late);
  }

  /** @throws TooLate; KernelLost. */
  async run(cell: Cell, timeoutMs: number): Promise<CellReply> {
    this.#outputs.begin(cell);
    // It is not disposed when done: what a child prints later still comes to its cell.
    const future = this.#kernel.requestExecute(
      { code: sourceOf(cell), allow_stdin: false, stop_on_error: false, store_history: true },
      false,
    );
    future.onIOPub = ({ header, content }) => {
      this.#lastOutputAt = Date.now();
      this.#outputs.add(cell, { type: header.msg_type, content: content as Record<string, unknown> });
    };
    // The same death is told by the trouble; here it would be an unhandled rejection.
    future.done.catch(() => {});
    const late = `The cell did not end within ${timeoutMs / 1000} seconds.`;
    return (await this.#trouble.orElse(future.done, timeoutMs, late)).content;
  }

  /** Ends the cell that takes too long. @throws TooLate when it does not end; KernelLost. */
  async interrupt(timeoutMs: number): Promise<void> {
    await this.#trouble.orElse(this.#kernel.interrupt(), timeoutMs, 'The kernel could not be interrupted.');
    const idle = this.#kernel.requestExecute({ code: '', silent: true, allow_stdin: false }).done;
    idle.catch(() => {});
    await this.#trouble.orElse(idle, timeoutMs, 'The kernel did not come back after an interrupt.');
  }

  /** Resolves when nothing more is to be expected of the children that the cells have left. */
  async lastOutputs(): Promise<void> {
    await this.#trouble.orElse(this.#endOfChildren(), LATE_OUTPUT_LIMIT_MS, '').catch(() => {});
    // What they printed last may still be on its way.
    this.#lastOutputAt = Date.now();
    const limit = this.#lastOutputAt + LATE_OUTPUT_LIMIT_MS;
    while (Date.now() < limit && Date.now() - this.#lastOutputAt < LATE_OUTPUT_PAUSE_MS) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Another kernel answers with an error, which is an answer, too. */
  #endOfChildren(): Promise<unknown> {
    const done = this.#kernel.requestExecute({
      code: JOIN_CHILDREN,
      silent: true,
      allow_stdin: false,
      stop_on_error: false,
    }).done;
    done.catch(() => {});
    return done;
  }
}
