// Stacks in the student's own lines: cells and TypeScript files through their source maps, without the frames
// of Node and of ParLab.

import { install } from '@cspotcode/source-map-support';
import { registerSourceMap } from 'parlab/host';
import type { CellProgram, SourceMap } from '../../conversations/cell-program';
import { isLibrary, isOurs, namesLibrary } from '../../our-files';
import { keepMethods, OwnMap, safely, startsWith } from '../safeguards/pristine';
import { noteFrames } from './main-thread-stack';

const sourceMaps = new OwnMap<string, SourceMap>();
const ofLibrary = keepMethods(new WeakSet<object>());

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
    if (isWithinLibrary(frames)) ofLibrary.add(error);
    const shown: NodeJS.CallSite[] = [];
    for (let i = 0; i < frames.length; i++) {
      const frame = frames[i] as NodeJS.CallSite;
      const file = frame.getFileName() || frame.getScriptNameOrSourceURL();
      if (!file || !(startsWith(file, 'node:') || isOurs(file))) shown[shown.length] = frame;
    }
    // What formats works with what the cells have left of JavaScript, and a stack that throws would be told
    // in the place of its error.
    return safely(() => format?.(error, shown), undefined) ?? plainly(error, shown);
  };
}

/** Writes a stack as V8 does. */
function plainly(error: Error, frames: readonly NodeJS.CallSite[]): string {
  let text = safely(() => `${error}`, 'Error');
  for (let i = 0; i < frames.length; i++) text += safely(() => `\n    at ${frames[i]}`, '');
  return text;
}

/** Whether the library, or what it called, has thrown it. */
export function isOfLibrary(error: Error): boolean {
  const { stack } = error;
  // In the text, if a cell has replaced `Error`, and the hook with it.
  return ofLibrary.has(error) || (typeof stack === 'string' && namesLibrary(stack));
}

function isWithinLibrary(frames: readonly NodeJS.CallSite[]): boolean {
  for (let i = 0; i < frames.length; i++) {
    if (isLibrary(frames[i]?.getFileName() ?? '')) return true;
  }
  return false;
}

/** From now on stacks name the cell's own lines, here and in the children that its functions travel to. */
export function rememberSource({ url, sourceMap }: CellProgram): void {
  // The library's, which works with what the cells have left of JavaScript.
  safely(() => registerSourceMap(url, sourceMap), undefined);
  sourceMaps.set(url, sourceMap);
}

/** Returns the source maps of every cell that ran. */
export function cellSourceMaps(): SourceMap[] {
  return [...sourceMaps.values()];
}

/** What the student wrote in the cell. */
export function cellText(url: string): string | undefined {
  return sourceMaps.get(url)?.sourcesContent[0];
}
