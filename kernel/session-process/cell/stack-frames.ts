// Stacks in the student's own lines: cells and TypeScript files through their source maps, without the frames
// of Node and of ParLab.

import { install } from '@cspotcode/source-map-support';
import { registerSourceMap } from 'parlab/host';
import type { CellProgram, SourceMap } from '../../conversations/cell-program';
import { isOurs } from '../../our-files';
import { OwnMap, safely, startsWith } from '../safeguards/pristine';
import { noteFrames } from './main-thread-stack';

const sourceMaps = new OwnMap<string, SourceMap>();

export function installStackFrames(): void {
  install({
    environment: 'node',
    handleUncaughtExceptions: false,
    retrieveSourceMap(url) {
      const map = sourceMaps.get(url);
      return map ? { url, map: JSON.stringify(map) } : null;
    },
  });
  const format = Error.prepareStackTrace;
  Error.prepareStackTrace = (error, frames) => {
    noteFrames(error, frames);
    const shown: NodeJS.CallSite[] = [];
    for (let i = 0; i < frames.length; i++) {
      const frame = frames[i] as NodeJS.CallSite;
      const file = frame.getFileName() || frame.getScriptNameOrSourceURL();
      if (!file || !(startsWith(file, 'node:') || isOurs(file))) shown[shown.length] = frame;
    }
    return format?.(error, shown);
  };
}

/** From now on stacks name the cell's own lines, here and in the children that its functions travel to. */
export function rememberSource({ url, sourceMap }: CellProgram): void {
  // The library's, which works with what the cells have left of JavaScript.
  safely(() => registerSourceMap(url, sourceMap), undefined);
  sourceMaps.set(url, sourceMap);
}

/** Of every cell that ran. */
export function cellSourceMaps(): SourceMap[] {
  return [...sourceMaps.values()];
}

/** What the student wrote in the cell. */
export function cellText(url: string): string | undefined {
  return sourceMaps.get(url)?.sourcesContent[0];
}
