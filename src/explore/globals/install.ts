// Puts all that a controlled program must not reach under control, once, in a process that does nothing but
// explore.
import { controlClock } from './clock';
import { controlLuck } from './luck';
import { controlMemory } from './memory';
import { controlPrinting } from './print';
import { controlProcess } from './process';
import { controlTimers } from './timers';

let isInstalled = false;
let note: (what: string) => void = () => {};

/** `noteEscape` as in controlProcess(); the one given last is told. */
export function controlGlobals(noteEscape: (what: string) => void): void {
  note = noteEscape;
  if (isInstalled) return;
  isInstalled = true;
  controlTimers();
  controlClock();
  controlPrinting();
  controlLuck();
  controlMemory();
  controlProcess((what) => note(what));
}
