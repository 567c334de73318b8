// Words of Python's, and what stands for them here. What stands between quotes is left as it is.

type Table = { readonly [word: string]: string | undefined };

const values = { True: 'true', False: 'false', None: 'null' };

/** The words that stand by themselves, in a place of their own. */
export const pythonWords: Table = table({ ...values, self: 'this', not: '!' });

/** The words behind a colon: what a variable or a parameter is of. */
export const pythonTypes: Table = table({
  int: 'number',
  float: 'number',
  str: 'string',
  bool: 'boolean',
  bytes: 'Uint8Array',
  None: 'null',
});

/** Types of what holds others, with examples. */
export const pythonContainers: Table = table({
  list: 'an array, such as `number[]` or `string[]`',
  List: 'an array, such as `number[]` or `string[]`',
  tuple: 'like `[number, string]`',
  dict: 'like `Map<string, number>`',
  set: 'like `Set<string>`',
});

/** A name that every object has is none of it. */
function table(words: { [word: string]: string }): Table {
  return Object.assign(Object.create(null), words);
}

/** `x is not None and y` */
export function conditionHere(condition: string): string {
  return outsideTexts(condition, wordsHere);
}

/** `[None, True]` */
export function valuesHere(code: string): string {
  return outsideTexts(code, literalsHere);
}

/** `a: int, b: str = 'x'` */
export function parametersHere(parameters: string): string {
  const typed = outsideTexts(parameters, (part) =>
    part.replace(/(:\s?)(\w+)\b/g, (all, colon, type) =>
      pythonTypes[type] ? colon + pythonTypes[type] : all,
    ),
  );
  return valuesHere(typed);
}

function outsideTexts(code: string, change: (part: string) => string): string {
  return code.replace(/(['"`])(?:\\.|(?!\1)[^\\])*\1|[^'"`]+/g, (part) =>
    /^['"`]/.test(part) ? part : change(part),
  );
}

function literalsHere(code: string): string {
  return code.replace(/\b(?:True|False|None)\b/g, (word) => pythonWords[word] ?? word);
}

function wordsHere(code: string): string {
  return literalsHere(code)
    .replace(/\bis\s+not\b/g, '!==')
    .replace(/\bis\b/g, '===')
    .replace(/\band\b/g, '&&')
    .replace(/\bor\b/g, '||')
    .replace(/\bnot\s+/g, '!')
    .replace(/\s==\s/g, ' === ')
    .replace(/\s!=\s/g, ' !== ');
}
