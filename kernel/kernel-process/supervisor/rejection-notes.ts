// An async function that calls itself without end lets Node fail hundreds of times as it takes note of a
// rejected promise, each time in six lines of its own. The cell's error says it once, and better.

const HEAD = 'Exception in PromiseRejectCallback:\n';
/** Behind the head stand the place, an empty line, the error with its frames, and an empty line. */
const NOTE = /^.+\n(?:.+\n)+\n(.+\n(?: .*\n)*)\n/;
const OVERFLOW = 'RangeError: Maximum call stack size exceeded\n';
/** No note is longer: what is, was written by a program. */
const LONGEST = 64 * 1024;

export class RejectionNotes {
  /** What may be the beginning of a note. */
  #held = '';
  #isAtLineStart = true;

  /** Returns what is to be shown now of the text that came. */
  take(text: string): string {
    let rest = this.#held + text;
    let shown = '';
    this.#held = '';
    for (;;) {
      const at = this.#beginOfNote(rest);
      shown += this.#show(rest.slice(0, at));
      rest = rest.slice(at);
      if (rest === '') return shown;
      const end = endOfNote(rest);
      if (end === undefined) {
        this.#held = rest;
        return shown;
      }
      if (end === 0) {
        shown += this.#show(rest[0] as string);
        rest = rest.slice(1);
      } else rest = rest.slice(end);
    }
  }

  /** What was held back and has come to nothing. */
  end(): string {
    const held = this.#held;
    this.#held = '';
    return held;
  }

  /** The length of the text if there is none. */
  #beginOfNote(text: string): number {
    let at = this.#isAtLineStart ? 0 : nextLine(text, 0);
    while (at < text.length && !HEAD.startsWith(text.slice(at, at + HEAD.length))) at = nextLine(text, at);
    return at;
  }

  #show(text: string): string {
    if (text !== '') this.#isAtLineStart = text.endsWith('\n');
    return text;
  }
}

function nextLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end + 1;
}

/** Returns 0 if it is no note after all, and undefined while that is not known. */
function endOfNote(text: string): number | undefined {
  const [note, error] = NOTE.exec(text) ?? [];
  if (note !== undefined) return error?.startsWith(OVERFLOW) ? note.length : 0;
  return text.length < LONGEST ? undefined : 0;
}
