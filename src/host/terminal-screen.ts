// The last lines of a terminal, which change in place: blocks of lines, each redrawn again and again, until
// it is finished and stays where it is.

import { stripVTControlCharacters } from 'node:util';
import { process } from '../system/node-process';
import { beginningOf } from './shorten';

export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
}

/** Undefined where a line would not be seen to change. */
export function screenOf(terminal: Terminal): Screen | undefined {
  if (!terminal.isTTY) return undefined;
  let screen = screens.get(terminal);
  if (screen === undefined) {
    screen = new Screen(terminal);
    screens.set(terminal, screen);
  }
  return screen;
}

const screens = new WeakMap<Terminal, Screen>();

const CLEAR_BELOW = '\x1b[J';
const up = (lines: number) => (lines > 0 ? `\x1b[${lines}A` : '');

class Screen {
  readonly #terminal: Terminal;
  readonly #running = new Map<string, readonly string[]>();

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    process.on('exit', () => {
      // What the terminal shows next comes below the blocks that never ended.
      if (this.#running.size > 0) this.#terminal.write('\n'.repeat(this.#lines().length));
    });
  }

  // The cursor rests at the beginning of the first line, so what the program prints replaces it, and the next
  // drawing comes below.
  show(id: string, lines: readonly string[], isFinished: boolean): void {
    let text = `\r${CLEAR_BELOW}`;
    if (isFinished) {
      this.#running.delete(id);
      text += lines.map((line) => `${this.#whole(line)}\n`).join('');
    } else this.#running.set(id, lines);
    const running = this.#lines();
    text += `${running.map((line) => this.#whole(line)).join('\n')}\r${up(running.length - 1)}`;
    this.#terminal.write(text);
  }

  /** What is higher than the terminal could not be redrawn. Some terminals say that they have 0 rows. */
  #lines(): string[] {
    const lines = [...this.#running.values()].flat();
    return lines.slice(0, (this.#terminal.rows || 24) - 1);
  }

  /** A line that wraps could not be redrawn. Some terminals say that they have 0 columns. */
  #whole(line: string): string {
    const plain = stripVTControlCharacters(line).replaceAll(/[\r\n]/g, ' ');
    return beginningOf(plain, (this.#terminal.columns || 80) - 1);
  }
}
