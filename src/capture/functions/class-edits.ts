// How the text of a class is changed for its journey. Everything stays on its line.
import type { ClassText } from './class-text';
import { blank, type Edit, replaceInPlace } from './edits';
import { MARK } from './mark';

/**
 * The word, in the program around a class, that tells its constructors to lay out the fields and do no more.
 */
export const LAYING_OUT = `${MARK}r`;
/** What the computed keys of its methods came to, likewise. */
export const KEYS = `${MARK}k`;

/** Takes out what must not be evaluated a second time. */
export function editsOf({ text, shape }: ClassText): Edit[] {
  const edits: Edit[] = [];
  if (shape.superclass !== undefined) {
    edits.push(replaceInPlace(text, shape.superclass.start, shape.superclass.end, MARK));
  }
  for (const { start, end } of shape.staticFields) edits.push(blank(text, start, end));
  for (const { start, end } of shape.staticPrivateValues) edits.push(replaceInPlace(text, start, end, '0'));
  const computedKeys = shape.methods.flatMap(({ computedKey }) => computedKey ?? []);
  for (const [index, { start, end }] of computedKeys.entries()) {
    edits.push(replaceInPlace(text, start, end, `${KEYS}[${index}]`));
  }
  return edits;
}

// An instance gets its private fields from the constructor alone, so there must be a way through it that runs
// nothing of the program's; and only code in the class body can then reach them.
export function waysToPrivates({ shape }: ClassText): Edit[] {
  const insert = (at: number, text: string): Edit => ({ start: at, end: at, text });
  const leave = shape.superclass === undefined ? 'return' : '{super();return}';
  const edits = [insert(shape.bodyEnd, `;static ${MARK}(){return eval(arguments[0])}`)];
  if (shape.constructorStart !== undefined) {
    edits.push(insert(shape.constructorStart, `if(${LAYING_OUT})${leave};`));
  }
  for (const { start } of shape.instanceFieldValues) edits.push(insert(start, `${LAYING_OUT}?void 0:`));
  return edits;
}
