// How far some work is, shown to people: on the display of a host such as the kernel, or else on the
// terminal.

import { AsyncResource } from 'node:async_hooks';
import { clearTimeout, performance, setTimeout } from '../system/timers';
import type { ShownProgress } from './progress-line';
import { terminalDisplay } from './terminal-progress';

/** Is called again and again for the same `id`; the last time with a state other than 'running'. */
export type ProgressDisplay = (shown: ShownProgress) => void;

let hostDisplay: ProgressDisplay | undefined;

/** From now on, progress bars of this process are shown by `display` instead of on the terminal. */
export function setProgressDisplay(display: ProgressDisplay): void {
  hostDisplay = display;
}

/** Ten times a second is as much as eyes can follow. */
const INTERVAL_MS = 100;
let lastId = 0;

export class ProgressBar {
  readonly #display: ProgressDisplay | undefined;
  readonly #id = `parlab-progress-${process.pid}-${++lastId}`;
  readonly #label: string;
  readonly #total: number | undefined;
  readonly #began = performance.now();
  #done = 0;
  #shownAt = Number.NEGATIVE_INFINITY;
  #later: NodeJS.Timeout | undefined;
  #hasEnded = false;

  /** The bar is shown at once. `total` is undefined when it is not known. */
  constructor(label: string, total: number | undefined) {
    this.#label = label;
    this.#total = total;
    const display = hostDisplay ?? terminalDisplay();
    // A host tells by the asynchronous context whose work this is.
    if (display !== undefined) this.#display = AsyncResource.bind(display);
    this.#show('running');
  }

  progressed(done: number): void {
    this.#done = done;
    if (this.#hasEnded || this.#later !== undefined || this.#display === undefined) return;
    const waitMs = this.#shownAt + INTERVAL_MS - performance.now();
    if (waitMs <= 0) this.#show('running');
    else this.#later = setTimeout(() => this.#show('running'), waitMs).unref();
  }

  /** Ends the bar: nothing is shown after this. */
  ended(state: 'finished' | 'failed'): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    clearTimeout(this.#later);
    this.#show(state);
  }

  #show(state: ShownProgress['state']): void {
    this.#later = undefined;
    this.#shownAt = performance.now();
    this.#display?.({
      id: this.#id,
      label: this.#label,
      done: this.#done,
      total: this.#total,
      elapsedMs: this.#shownAt - this.#began,
      state,
    });
  }
}
