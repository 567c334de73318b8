// Progress on a terminal: each running bar is one of the last lines; a finished one stays where it is.
import { progressLine, type ShownProgress } from './progress-line';
import { screenOf, type Terminal } from './terminal-screen';

/** Undefined where a line would not be seen to change. */
export function terminalDisplay(
  terminal: Terminal = process.stderr,
): ((shown: ShownProgress) => void) | undefined {
  const screen = screenOf(terminal);
  if (screen === undefined) return undefined;
  return (shown) => screen.show(shown.id, [progressLine(shown)], shown.state !== 'running');
}
