// The session's side of the frames: what a cell prints and reports goes to the kernel at once, with the
// cell's tag.

import { replaceStandardStreams, report, setOutput, writeToHost } from 'parlab/host';
import { descriptors, type FromSession } from '../../conversations/session';
import { apply } from '../safeguards/pristine';
import { type Cell, currentCell, runIn } from './cell';
import { critical } from './critical';

export function connectOutput(): void {
  setOutput({ fd: descriptors.frames, tag: () => currentCell()?.tag ?? '' });
  replaceStandardStreams();
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write;
    // Cut in the middle of a write, the stream would believe for ever that it is still writing.
    stream.write = (...args: unknown[]) => critical(() => apply(write, stream, args) as boolean);
  }
}

/** Tells the kernel something about the cell whose code is running, or about the given one. */
export function tell(message: FromSession, cell?: Cell): void {
  send(() => report(message), cell);
}

/** Prints a line of the session's own: what the cell has made of its streams does not hear it. */
export function print(to: 'stdout' | 'stderr', text: string, cell?: Cell): void {
  send(() => writeToHost(to, text), cell);
}

function send(write: () => boolean, cell?: Cell): void {
  if (cell) runIn(cell, () => critical(write));
  else critical(write);
}
