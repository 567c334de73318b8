// Texts that V8 keeps in one byte a letter: one letter beyond Latin-1, and it keeps all of them in two.

const LATIN_1 = 255;
/** Stands before the number of a letter that was taken out. No text of a library's has it. */
const SUBSTITUTE = '\u{1a}';
const TAKEN_OUT = new RegExp(`${SUBSTITUTE}(\\d{3,7});`, 'g');

/** Letters beyond Latin-1 become numbers, which only a comment can have. */
export function oneByte(text: string): string {
  const short = text.replace(/\P{ASCII}/gu, (letter) => {
    const code = letter.codePointAt(0) as number;
    return code > LATIN_1 ? `${SUBSTITUTE}${code};` : letter;
  });
  // V8 does not look whether what is left would fit.
  return Buffer.from(short, 'latin1').toString('latin1');
}

/** Returns the text with the letters that `oneByte` took out. */
export function allLetters(text: string): string {
  return text.replace(TAKEN_OUT, (_, code: string) => String.fromCodePoint(Number(code)));
}
