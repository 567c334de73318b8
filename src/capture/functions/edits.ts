// Replacements in a source text that keep every line on its line.

export interface Edit {
  start: number;
  end: number;
  text: string;
}

export function applyEdits(source: string, edits: Edit[]): string {
  let result = '';
  let at = 0;
  // Where two begin at one place, the one that only inserts comes first.
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (edit.start < at) continue; // inside a part that is gone already
    result += source.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + source.slice(at);
}

/** Spaces in place of a text, so that what follows keeps its line and column. */
export function blank(source: string, start: number, end: number): Edit {
  return { start, end, text: source.slice(start, end).replace(/[^\n\r]/g, ' ') };
}

/**
 * One word in place of a text, padded so that what follows keeps its line, and its column where there is
 * room.
 */
export function replaceInPlace(source: string, start: number, end: number, word: string): Edit {
  return {
    start,
    end,
    text: word + blank(source, start + word.length, Math.max(end, start + word.length)).text,
  };
}
