// Which programs belong to which cell, so that an interrupt can end them: what `node:child_process` starts
// and does not wait for. Those that are detached are meant to go on, and ParLab's own have an end of theirs.

import { ChildProcess } from 'node:child_process';
import { isOurs } from '../../our-files';
import { type Cell, contextCell } from './cell';

/** Returns the mark in the environment of a cell's programs, and so of all that they start. */
export function markOf({ tag }: Cell): string {
  return `PARLAB_CELL=${process.pid}.${tag};`;
}

interface Spawning {
  envPairs?: string[];
  args?: readonly string[];
  detached?: boolean;
}

/** It is not in Node's documentation: all of Node's functions that start a program come here. */
type Spawn = (this: ChildProcess, options: Spawning) => unknown;

export function trackPrograms(): void {
  const prototype = ChildProcess.prototype as unknown as { spawn: Spawn };
  const { spawn } = prototype;
  prototype.spawn = function (options) {
    const cell = contextCell();
    const isOfCell = cell && !options.detached && !options.args?.some(isOurs);
    if (isOfCell) options.envPairs?.push(markOf(cell));
    const failure = spawn.call(this, options);
    if (isOfCell && this.pid !== undefined) {
      cell.hasStartedPrograms = true;
      cell.programs.add(this);
      this.once('exit', () => cell.programs.delete(this));
    }
    return failure;
  };
}
