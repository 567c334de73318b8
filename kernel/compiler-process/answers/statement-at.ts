// What of a line belongs to one statement, also where the line is no TypeScript and no tree tells.

/**
 * No person types a longer line. The expressions for a line try each beginning with each end, and would take
 * minutes for a long one.
 */
export const LONGEST_LINE = 300;

/** A text, as far as it is closed, or up to the end. */
const TEXTS = /(['"`])((?:\\.|(?!\1)[^\\])*)(\1|$)/g;

/** The line with a dot for each letter of a text or comment: what is left is code. Of a short line alone. */
export function codeAlone(line: string): string {
  const dots = (text: string) => '·'.repeat(text.length);
  return line.replace(TEXTS, (_, open, text, close) => open + dots(text) + close).replace(/\/\/.*$/, dots);
}

/** Whether a quote of the line has no second one. Of a short line alone. */
export function hasOpenText(line: string): boolean {
  return line.length <= LONGEST_LINE && [...line.matchAll(TEXTS)].some(([, , , close]) => close === '');
}

/** What stands before a brace that makes it one of an object or of a type. */
const OF_OBJECT = /(?:[(,:?[&|]|(?<!=)=|\breturn|\binterface\s+\w+)\s*$/;

/**
 * The statement around a place of a line, where it stands behind a brace or a semicolon: of
 * `function f() { with lock: x }` that is `with lock: x`. Empty where it is the whole line, or in an object.
 */
export function statementAt(line: string, place: number): string {
  if (line.length > LONGEST_LINE) return '';
  const code = codeAlone(line);
  const before = Math.max(...['{', '}', ';'].map((each) => code.lastIndexOf(each, place - 1)));
  if (before < 0 || OF_OBJECT.test(code.slice(0, braceAround(code, place)))) return '';
  let depth = 0;
  for (let end = before + 1; end < code.length; end++) {
    if (code[end] === '{') depth++;
    else if (code[end] === '}') depth--;
    if (depth < 0 || (depth === 0 && code[end] === ';')) return line.slice(before + 1, end).trim();
  }
  return line.slice(before + 1).trim();
}

/** Where the brace stands that is open at the place; at the beginning, if none is. */
function braceAround(code: string, place: number): number {
  let depth = 0;
  for (let at = place - 1; at >= 0; at--) {
    if (code[at] === '}') depth++;
    else if (code[at] === '{' && --depth < 0) return at;
  }
  return 0;
}
