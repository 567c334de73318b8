// Cells whose compiler sleeps before every question, as one does that nobody has asked for long: another goes on with what it knew.

import { createCells } from '../../../kernel/compiler-process/cells';
import type { Cells } from '../../../kernel/conversations/cells';

export function sleepyCells(directory: string): Cells {
  let awake = createCells({ directory });
  const sleep = (): void => {
    // As it travels between two processes.
    const memory = structuredClone(awake.remember());
    awake.close();
    awake = createCells({ directory });
    awake.recall(memory);
  };
  const handler: ProxyHandler<Cells> = {
    get: (_, method: keyof Cells) => {
      // Nobody sleeps before these: they belong to what was asked last.
      if (method !== 'takeBack' && method !== 'finish' && method !== 'close') sleep();
      return awake[method].bind(awake);
    },
  };
  return new Proxy(awake, handler);
}
