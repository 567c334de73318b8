// @ts-check
// From V8's ranges of characters to lines: which lines of a script hold code, and which of them have been run.

/** @typedef {{ functionName: string, ranges: { startOffset: number, endOffset: number, count: number }[] }} Functions */

/** @param {string} text */
function linesOf(text) {
  let start = 0;
  return text.split('\n').map((line) => {
    const from = start + line.search(/\S|$/);
    const to = start + line.trimEnd().length;
    start += line.length + 1;
    return { line, from, to };
  });
}

/** Not what is empty, a comment, or a bracket alone. @param {string} text @returns {Set<number>} */
export function codeLines(text) {
  let isComment = false;
  const found = new Set();
  for (const [number, { line }] of linesOf(text).entries()) {
    const begins = /^\s*\/\*/.test(line);
    if (begins) isComment = true;
    if (!isComment && !/^\s*(\/\/.*|[\])}{(;,]*)?$/.test(line)) found.add(number + 1);
    if (isComment && line.includes('*/')) isComment = false;
  }
  return found;
}

/** Adds the lines that this process has run. @param {string} text @param {Functions[]} functions @param {Set<number>} run */
export function runLines(text, functions, run) {
  // A range stands before those within it, of which the last one counts.
  const counts = new Int8Array(text.length);
  for (const { ranges } of functions) {
    for (const { startOffset, endOffset, count } of ranges)
      counts.fill(count > 0 ? 1 : 0, startOffset, endOffset);
  }
  for (const [number, { from, to }] of linesOf(text).entries()) {
    if (counts.subarray(from, to).includes(1)) run.add(number + 1);
  }
}
