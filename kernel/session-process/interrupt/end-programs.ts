// An interrupt of the programs that a cell has started, and of all that these have started: a shell that is
// ended alone leaves its own children, and these are orphans when it has ended by itself.

import { readOf, type SystemProcess, systemProcesses } from '../../system-processes';
import type { Cell } from '../cell/cell';
import { markOf } from '../cell/programs';
import { includes, safely, setTimeout } from '../safeguards/pristine';
import { send } from './blocking-child';

/** A program that does not listen to the interrupt is killed after this. */
const KILL_AFTER_MS = 2000;

type Program = Pick<SystemProcess, 'pid'> & Partial<SystemProcess>;

/** Ends the programs as Ctrl-C does in a terminal: each is told once. */
export function endPrograms(cell: Cell): void {
  if (!cell.hasStartedPrograms) return;
  cell.hasStartedPrograms = false;
  const family = programsOf(cell);
  cell.programs.clear();
  for (const { pid } of family) send(pid, 'SIGINT');
  setTimeout(() => {
    const now = safely(systemProcesses, []);
    for (const { pid, started } of family) {
      // It is not a later process with the same number.
      if (started === undefined || now.some((each) => each.pid === pid && each.started === started))
        send(pid, 'SIGKILL');
    }
  }, KILL_AFTER_MS).unref();
}

/** The cell's programs, and what they have started where the system shows its processes. */
function programsOf(cell: Cell): Program[] {
  const mark = markOf(cell);
  const family: Program[] = safely(
    () =>
      systemProcesses().filter(({ pid, isZombie }) => !isZombie && includes(readOf(pid, 'environ'), mark)),
    [],
  );
  cell.programs.forEach(({ pid }) => {
    if (pid !== undefined && !family.some((each) => each.pid === pid)) family.push({ pid });
  });
  return family;
}
