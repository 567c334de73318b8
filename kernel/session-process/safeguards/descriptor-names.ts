// Names that no cell can leave on Object.prototype: JavaScript finds them in every description of a property,
// so nothing can be defined any more, by Node neither. They are taken away when the cell ends.

import { safely } from './pristine';

const NAMES = ['get', 'set', 'value', 'writable'] as const;
const common = Object.prototype;
const { deleteProperty, getOwnPropertyDescriptor } = Reflect;

/** Returns a sentence that says what `who` has done, if there was any to take away. Never throws. */
export function takeAwayDescriptorNames(who: string): string | undefined {
  let names = '';
  for (let index = 0; index < NAMES.length; index++) {
    const name = NAMES[index] as string;
    const isThere = safely(() => getOwnPropertyDescriptor(common, name) !== undefined, false);
    if (isThere && deleteProperty(common, name)) names += names === '' ? name : `, ${name}`;
  }
  if (names === '') return undefined;
  return (
    `${who} has put ${names} on Object.prototype. With that no property can be defined any more, here and within ` +
    'Node, so ParLab has taken it away: give it another name, or write a function.\n'
  );
}
