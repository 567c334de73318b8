// Puts all that a controlled program must not reach under control, once, in a process that does nothing but
// explore.
import { controlClock } from './clock';
import { controlFiles } from './files';
import { controlLuck } from './luck';
import { controlMemory } from './memory';
import { controlMicrotasks } from './microtasks';
import { controlNetwork } from './network';
import { controlPrinting } from './print';
import { controlProcess } from './process';
import { controlTimers } from './timers';
import { controlViews } from './views';

let isInstalled = false;
let notes: Notes;

export interface Notes {
  /** Is told what the program uses that cannot be put in an order. */
  escape(what: string): void;
  /** Is told the name of each file that the program uses. */
  file(name: string): void;
}

/** Controls the globals; the notes that were given last are told. */
export function controlGlobals(now: Notes): void {
  notes = now;
  if (isInstalled) return;
  isInstalled = true;
  controlTimers();
  controlClock();
  controlPrinting();
  controlLuck();
  controlMemory();
  controlViews();
  controlMicrotasks();
  controlFiles((name) => notes.file(name));
  controlNetwork((what) => notes.escape(what));
  controlProcess((what) => notes.escape(what));
}
