// Makes `process` look to a cell like the student's own program: not the kernel's entry, whose arguments
// nothing may inherit.

import { tell } from '../cell/output';
import { keepListening } from '../safeguards/own-listeners';

export function presentProcess(): void {
  // `cluster.fork()` and others start "this program" again by its arguments: a notebook has no program file.
  process.argv.splice(1);
  process.execArgv.length = 0;
  Reflect.deleteProperty(process, 'mainModule');
  process.title = 'parlab session';
  // Ctrl-C in a terminal reaches the whole group of processes: it is the kernel's to make an interrupt of it.
  keepListening('SIGINT', () => {});
  keepListening('exit', (exitcode: number) => tell({ type: 'exited', exitcode }));
}
