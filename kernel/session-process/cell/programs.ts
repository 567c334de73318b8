// Which programs belong to which cell, so that an interrupt can end them: what `node:child_process` starts
// and does not wait for. Those that are detached are meant to go on, and ParLab's own have an end of theirs.

import { ChildProcess } from 'node:child_process';
import { isOurs } from '../../our-files';
import { contextCell } from './cell';

interface Spawning {
  args?: readonly string[];
  detached?: boolean;
}

/** Not in Node's documentation: all of its functions that start a program come here. */
type Spawn = (this: ChildProcess, options: Spawning) => unknown;

export function trackPrograms(): void {
  const prototype = ChildProcess.prototype as unknown as { spawn: Spawn };
  const { spawn } = prototype;
  prototype.spawn = function (options) {
    const failure = spawn.call(this, options);
    const cell = contextCell();
    if (cell && this.pid !== undefined && !options.detached && !options.args?.some(isOurs)) {
      cell.programs.add(this);
      this.once('exit', () => cell.programs.delete(this));
    }
    return failure;
  };
}
