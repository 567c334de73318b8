// Progress on a terminal: the running bars are the last lines, redrawn in place; a finished one stays where
// it is.
import { stripVTControlCharacters } from 'node:util';
import { progressLine, type ShownProgress } from './progress-line';
import { beginningOf } from './shorten';

export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Undefined where nobody would see a line change. */
export function terminalDisplay(
  terminal: Terminal = process.stderr,
): ((shown: ShownProgress) => void) | undefined {
  if (!terminal.isTTY) return undefined;
  let screen = screens.get(terminal);
  if (screen === undefined) {
    screen = new Screen(terminal);
    screens.set(terminal, screen);
  }
  const { show } = screen;
  return show;
}

const screens = new WeakMap<Terminal, Screen>();

const CLEAR_BELOW = '\x1b[J';
const up = (lines: number) => (lines > 0 ? `\x1b[${lines}A` : '');

class Screen {
  readonly #terminal: Terminal;
  readonly #running = new Map<string, ShownProgress>();

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    process.on('exit', () => {
      // Below the bars that never ended.
      if (this.#running.size > 0) this.#terminal.write('\n'.repeat(this.#running.size));
    });
  }

  // The cursor rests at the beginning of the first running bar, so what the program prints replaces it, and
  // the next drawing comes below.
  readonly show = (shown: ShownProgress): void => {
    let text = `\r${CLEAR_BELOW}`;
    if (shown.state === 'running') this.#running.set(shown.id, shown);
    else {
      this.#running.delete(shown.id);
      text += `${this.#line(shown)}\n`;
    }
    const lines = [...this.#running.values()].map((each) => this.#line(each));
    text += `${lines.join('\n')}\r${up(lines.length - 1)}`;
    this.#terminal.write(text);
  };

  /** A line that wraps could not be redrawn. Some terminals say that they have 0 columns. */
  #line(shown: ShownProgress): string {
    const line = stripVTControlCharacters(progressLine(shown)).replaceAll(/[\r\n]/g, ' ');
    return beginningOf(line, (this.#terminal.columns || 80) - 1);
  }
}
