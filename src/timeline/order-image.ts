// An order of steps as an image, for whoever shows one: a counter-example, a run that is played again.

import type { Trace } from '../trace/record';
import { lanesOf } from './lanes';
import { tellingIn, tellingSteps } from './telling-steps';
import { windowOf } from './window';

/** Where a notebook is narrow, a wider picture would be made too small to be read. */
const MOST_WIDTH_PX = 580;

/** HTML; empty for a run in which nothing happens that says something about the order. */
export function orderImage(trace: Trace): string {
  const told = tellingSteps(trace, tellingIn(trace));
  if (told.events.every(({ at }) => at === 0)) return '';
  const lanes = windowOf(lanesOf(told), { from: 1 });
  const { imageOfTrace, widthOfSteps } = require('./picture') as typeof import('./picture');
  return imageOfTrace(told, lanes, widthOfSteps(told, lanes, MOST_WIDTH_PX));
}
