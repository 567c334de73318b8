// The lines of a cell that a student is to write himself: from `// BEGIN SOLUTION` to `// END SOLUTION`, the
// words that nbgrader uses.
const BEGIN = /^(\s*)\/\/[\s#]*BEGIN SOLUTION\b/;
const END = /^\s*\/\/[\s#]*END SOLUTION\b/;
const STUB = '// YOUR CODE HERE';

export function hasRegion(source: string): boolean {
  return source.split('\n').some((line) => BEGIN.test(line));
}

/** Each region becomes one comment. @throws RangeError for one that does not end. */
export function withoutRegions(source: string): string {
  const kept: string[] = [];
  let isInside = false;
  for (const line of source.split('\n')) {
    const indent = BEGIN.exec(line)?.[1];
    if (indent !== undefined) {
      if (isInside) throw new RangeError('A second // BEGIN SOLUTION comes before the // END SOLUTION.');
      isInside = true;
      kept.push(`${indent}${STUB}`);
    } else if (END.test(line)) {
      if (!isInside) throw new RangeError('There is an // END SOLUTION without a // BEGIN SOLUTION.');
      isInside = false;
    } else if (!isInside) kept.push(line);
  }
  if (isInside) throw new RangeError('A // BEGIN SOLUTION has no // END SOLUTION.');
  return kept.join('\n');
}

/** Returns what a cell may look like in which a student has replaced the comments by other lines. */
export function regionPattern(source: string): RegExp {
  const lines = withoutRegions(source).trim().split('\n');
  const patterns = lines.map((line) => (line.trim() === STUB ? '[^]*' : literally(line)));
  return new RegExp(`^\\s*${patterns.join('\\n')}\\s*$`);
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
