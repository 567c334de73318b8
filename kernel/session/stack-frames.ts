// Stacks in the student's own lines: cells and TypeScript files through their source maps, without the frames of Node and of ParLab.

import { install } from '@cspotcode/source-map-support';
import { registerSourceMap, sourceMapOf } from '../../src/host';
import type { CellProgram } from '../cells/program';
import { isOurs } from './our-files';

const texts = new Map<string, string>();

export function installStackFrames(): void {
  install({
    environment: 'node',
    handleUncaughtExceptions: false,
    retrieveSourceMap(url) {
      const map = sourceMapOf(url);
      return map ? { url, map: JSON.stringify(map) } : null;
    },
  });
  const format = Error.prepareStackTrace;
  Error.prepareStackTrace = (error, frames) => {
    const shown = frames.filter((frame) => {
      const file = frame.getFileName();
      return !file || !(file.startsWith('node:') || isOurs(file));
    });
    return format?.(error, shown);
  };
}

/** From now on stacks name the cell's own lines, here and in the children that its functions travel to. */
export function rememberSource(program: CellProgram): void {
  registerSourceMap(program.url, program.sourceMap);
  const text = program.sourceMap.sourcesContent[0];
  if (text !== undefined) texts.set(program.url, text);
}

export function cellText(url: string): string | undefined {
  return texts.get(url);
}
