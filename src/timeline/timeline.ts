// timeline(): what the processes of a program did, drawn when it is asked for.

import { inspect } from 'node:util';
import { InvalidArgumentError } from '../errors';
import { checkOptions, checkSignal } from '../given';
import { readTrace } from '../trace/read-trace';
import type { Trace } from '../trace/record';
import { checkTrace } from './check-trace';
import type { ChromeTrace } from './chrome-trace';
import type { Lanes } from './lanes';
import type { LiveOptions } from './live';
import type { VegaLiteSpec } from './vega-lite';
import type { TimelineWindow } from './window';

/** What of a run a timeline shows, and how wide it is drawn. */
export interface TimelineOptions extends TimelineWindow {
  /** Pixels; 780 if it is left out. */
  readonly width?: number;
}

const NAMES: readonly (keyof TimelineOptions)[] = ['from', 'to', 'processes', 'objects', 'width'];
const WIDTH_PX = 780;
const LEAST_WIDTH_PX = 320;
const MOST_WIDTH_PX = 4000;
/** How many lines of each process stand in a notebook's text: a notebook is saved with it. */
const LINES_SAVED = 60;

/**
 * Shows a run as a picture: a lane for each process, what it waits for and holds, messages as arrows, what it
 * prints. As the last value of a cell it is drawn, and stays to be seen without a kernel; on a terminal it is
 * a text.
 *
 * @example
 * const steps = new Timeline({ clock: 'steps', processes: [{ id: 0, name: 'Ada' }], objects: [], events: [], lost: 0 });
 * console.log(steps.toSVG().slice(0, 4)); // → <svg
 */
export class Timeline {
  /** What happened, as it was when the timeline was made. */
  readonly trace: Trace;
  readonly #lanes: Lanes;
  readonly #width: number;

  /** @throws InvalidArgumentError for times in the wrong order, and for names that no process has. */
  constructor(trace: Trace, options: TimelineOptions = {}) {
    const { lanesOf, windowOf } = reading();
    this.trace = trace;
    this.#lanes = windowOf(lanesOf(trace), options);
    this.#width = widthOf(options);
  }

  /** The picture, for a file or a page of one's own. Nothing in it can run or be fetched. */
  toSVG(): string {
    const { svgOfTrace } = picture();
    return svgOfTrace(this.trace, this.#lanes, this.#width);
  }

  /** All that happened as text: the lanes as rows of signs, then each process with its moments. */
  toString(): string {
    return reading().textOf(this.trace, this.#lanes);
  }

  /** A specification of Vega-Lite 5, to go on drawing from. */
  toVegaLite(): VegaLiteSpec {
    return reading().vegaLiteOf(this.trace, this.#lanes);
  }

  /** JSON for ui.perfetto.dev and chrome://tracing, in the Trace Event Format. */
  toChromeTrace(): ChromeTrace {
    return reading().chromeTraceOf(this.#lanes);
  }

  /** @internal */
  [inspect.custom](): string {
    return this.toString();
  }

  /** @internal */
  [Symbol.for('Jupyter.display')](): Record<string, string> {
    return bundleOf(this.trace, this.#lanes, this.#width);
  }
}

/**
 * Draws what the processes of this program did so far, with a lane for each of them: waits, locks, messages,
 * prints. In a notebook it shows the last cell that did something; `timeline({ from: 0 })` shows all.
 *
 * `from` and `to` (milliseconds since the first event) show a part of it, `processes` and `objects` some of
 * them, `width` (pixels) makes it wider. With a `trace`, such as a counter-example, that is shown instead.
 * `await timeline.live()` shows it while the processes run.
 *
 * @throws InvalidArgumentError for times in the wrong order, and for names that no process has.
 *
 * @example
 * startTrace();
 * const child = new Process({ target: () => console.log('hello'), name: 'Ada' });
 * child.start();
 * await child.join(); // → hello
 * console.log(String(timeline()).split('\n')[0]); // → Timeline: 2 processes in …
 * @example
 * const trace: Trace = {
 *   clock: 'ms',
 *   processes: [{ id: 0, name: 'MainProcess' }, { id: 1, name: 'Ada', parent: 0, exitcode: 0 }],
 *   objects: [],
 *   events: [{ at: 0, process: 0, kind: 'start', child: 1 }, { at: 8, process: 1, kind: 'exit', number: 0 }],
 *   lost: 0,
 * };
 * console.log(String(timeline(trace)).split('\n')[0]); // → Timeline: 2 processes in 8 ms
 * timeline(trace, { processes: ['Bob'] }); // throws InvalidArgumentError: processes must be names or pids of processes in the trace: MainProcess, Ada, but it is 'Bob'.
 */
export function timeline(options?: TimelineOptions): Timeline;
export function timeline(trace: Trace, options?: TimelineOptions): Timeline;
export function timeline(first: Trace | TimelineOptions = {}, second: TimelineOptions = {}): Timeline {
  if (typeof first === 'object' && first !== null && 'events' in first) {
    checkTrace('trace', first);
    checkOptions('options', second, NAMES);
    return new Timeline(first, second);
  }
  checkOptions('options', first, NAMES);
  const trace = readTrace();
  return new Timeline(trace, { ...ofLastRun(trace, first), ...first });
}

/**
 * Draws the timeline again and again in the same place, until the processes that were started have ended,
 * `timeout` milliseconds have passed, or the cell is interrupted. Nothing is drawn where it could not be seen
 * to change.
 *
 * @throws InvalidArgumentError for times, a timeout and a signal that are none.
 */
timeline.live = async (options: LiveOptions & TimelineOptions = {}): Promise<void> => {
  checkOptions('options', options, [...NAMES, 'timeout', 'signal']);
  checkTimeout(options.timeout);
  checkSignal(options.signal);
  const { checkWindow, lanesOf, showLive, windowOf } = reading();
  // The options are checked now, because nothing is drawn where it would not be seen.
  checkWindow(options);
  const width = widthOf(options);
  return showLive(readTrace, options, (trace, now) => {
    const lanes = windowOf(lanesOf(trace, now), { ...ofLastRun(trace, options), ...options }, true);
    return {
      bundle: () => bundleOf(trace, lanes, width),
      lines: () => picture().overviewOf(trace, lanes, LIVE_COLUMNS).split('\n'),
    };
  });
};

/** Begins with the last run, unless a part of the whole is asked for. */
function ofLastRun(trace: Trace, { from, to }: TimelineWindow): TimelineWindow {
  const began = from === undefined && to === undefined ? reading().beginOfLastRun(trace) : undefined;
  return began === undefined ? {} : { from: began };
}

/** How wide the lanes are on a terminal. */
const LIVE_COLUMNS = 60;

function bundleOf(trace: Trace, lanes: Lanes, width: number): Record<string, string> {
  return {
    'text/plain': reading().textOf(trace, lanes, LINES_SAVED),
    'text/html': picture().imageOfTrace(trace, lanes, width),
  };
}

function checkTimeout(timeout: unknown): void {
  if (timeout !== undefined && (typeof timeout !== 'number' || !(timeout >= 0))) {
    throw new InvalidArgumentError('timeout', 'a number of milliseconds from 0', timeout);
  }
}

function widthOf({ width = WIDTH_PX }: TimelineOptions): number {
  if (typeof width === 'number' && width >= LEAST_WIDTH_PX && width <= MOST_WIDTH_PX) return width;
  throw new InvalidArgumentError(
    'width',
    `a number of pixels from ${LEAST_WIDTH_PX} to ${MOST_WIDTH_PX}`,
    width,
  );
}

/** Loaded when it is asked for: a program that never looks at itself need not wait for it. */
function reading(): typeof import('./reading') {
  return require('./reading') as typeof import('./reading');
}

/** Loaded when something is drawn. */
function picture(): typeof import('./picture') {
  return require('./picture') as typeof import('./picture');
}
