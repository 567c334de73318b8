// Each wait of this process has a number of its own, so that the records of a room tell them apart.
import type { Desk } from '../line/service';
import type { Wait } from './machines/permits';

let lastId = 0;

export function newWait({ processId }: Desk): Wait {
  return { process: processId, id: ++lastId };
}
