// What a timeline is made with.
export { chromeTraceOf } from './chrome-trace';
export { lanesOf } from './lanes';
export { beginOfLastRun } from './last-run';
export { showLive } from './live';
export { textOf } from './text';
export { vegaLiteOf } from './vega-lite';
export { checkWindow, windowOf } from './window';
