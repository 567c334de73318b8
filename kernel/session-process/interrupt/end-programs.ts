// An interrupt of the programs that a cell has started.

import { systemProcesses } from '../../system-processes';
import type { Cell } from '../cell/cell';
import { safely, setTimeout } from '../safeguards/pristine';
import { familyOf, send } from './program-family';

/** A program that does not listen to the interrupt is killed after this. */
const KILL_AFTER_MS = 2000;

/** As Ctrl-C does in a terminal: each is told once. */
export function endPrograms(cell: Cell): void {
  const pids: number[] = [];
  cell.programs.forEach(({ pid }) => {
    if (pid !== undefined) pids[pids.length] = pid;
  });
  cell.programs.clear();
  if (pids.length === 0) return;
  const seen = safely(systemProcesses, []);
  const family = pids.flatMap((pid) => familyOf(pid, seen));
  for (const { pid } of family) send(pid, 'SIGINT');
  setTimeout(() => {
    const now = safely(systemProcesses, []);
    for (const { pid, started } of family) {
      // Not a later one with the same number.
      if (now.length === 0 || now.some((each) => each.pid === pid && each.started === started))
        send(pid, 'SIGKILL');
    }
  }, KILL_AFTER_MS).unref();
}
