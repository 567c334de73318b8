// What V8 knows of an object without a list of its keys: two objects of one layout have the same keys in the
// same order, with the same attributes, and the same prototype. A list of the keys of 300,000 numbers is
// 300,000 texts.
import { functionsOfV8 } from './functions-of-v8';

interface Layout {
  areAlike(one: object, other: object): boolean;
  /** Whether it shares its layout with others, and has no items with attributes. */
  isShared(object: object): boolean;
}

const askV8 = functionsOfV8<Layout>(() => ({
  areAlike: new Function('a', 'b', 'return %HaveSameMap(a, b)') as Layout['areAlike'],
  isShared: new Function('o', 'return %HasFastProperties(o) && %HasFastElements(o)') as Layout['isShared'],
}));

/** Fewer are listed as fast. */
const FEW = 100;
const MOST_SAMPLES = 4;

let isKnown = true;

/** Returns false where it is not known: then everything is to be listed. */
function ask(question: (layout: Layout) => boolean): boolean {
  if (!isKnown) return false;
  try {
    return askV8(question);
  } catch {
    isKnown = false; // This V8 has no such functions.
    return false;
  }
}

let bareArrays: unknown[][] | undefined;

/** Makes an array of each kind that V8 has. */
function makeBareArrays(): unknown[][] {
  const withRoom = (...items: unknown[]) => Object.assign(new Array(4), items) as unknown[];
  return [[1], [0.5], [{}], withRoom(), withRoom(0.5), withRoom({})];
}

/** Whether they have the same keys with the same attributes, and the same prototype; items apart. */
export function areLaidOutAlike(one: object, other: object): boolean {
  return ask((v8) => v8.areAlike(one, other));
}

export function sharesItsLayout(object: object): boolean {
  return ask((v8) => v8.isShared(object));
}

/** An array that has nothing but items, of which none is frozen or a getter. Some may be missing. */
export function isBareArray(array: unknown[]): boolean {
  bareArrays ??= makeBareArrays();
  return bareArrays.some((bare) => ask((v8) => v8.areAlike(array, bare)));
}

/** What one capture has seen. Asked only by it, for nothing of the program may run between two questions. */
export class Layouts {
  #arrays = 0;
  #objects = 0;
  readonly #samples: { sample: object; keys: string[] }[] = [];

  isBare(array: unknown[]): boolean {
    if (array.length < FEW && ++this.#arrays < FEW) return false;
    return isBareArray(array);
  }

  /** The keys of an object that has plain properties alone, if one like it was learnt. */
  keysOf(object: object): string[] | undefined {
    const found = this.#samples.find(({ sample }) => ask((v8) => v8.areAlike(object, sample)));
    // Items are no part of the layout.
    return found !== undefined && Object.keys(object).length === found.keys.length ? found.keys : undefined;
  }

  /** Learns the layout of an object with these plain properties, nothing else, and the usual prototype. */
  learn(sample: object, keys: string[]): void {
    if (++this.#objects < FEW || !ask((v8) => v8.isShared(sample))) return;
    if (this.#samples.unshift({ sample, keys }) > MOST_SAMPLES) this.#samples.pop();
  }
}
