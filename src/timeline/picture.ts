// A trace as a picture, whatever its clock: the way from what happened to SVG.

import type { Trace } from '../trace/record';
import { drawSteps } from './draw-steps';
import { drawTimeline } from './draw-timeline';
import type { Lanes } from './lanes';
import { captionsOf } from './summary';
import { imageOf } from './svg';

export { widthOfSteps } from './draw-steps';
export { overviewOf } from './text';

export function svgOfTrace(trace: Trace, lanes: Lanes, width: number): string {
  const captions = captionsOf(trace, lanes);
  return lanes.clock === 'steps'
    ? drawSteps(trace, lanes, width, captions)
    : drawTimeline(lanes, width, captions);
}

export function imageOfTrace(trace: Trace, lanes: Lanes, width: number): string {
  const { title, description, lost } = captionsOf(trace, lanes);
  const alternative = [title, description, lost].filter((part) => part !== '').join('. ');
  return imageOf(svgOfTrace(trace, lanes, width), alternative, width);
}
