// What a program can leave behind in the process that explores it, and the next one would find: names and
// methods that everybody sees.

const SEEN_BY_ALL = [
  Object,
  Function,
  Array,
  String,
  Number,
  Boolean,
  Symbol,
  Promise,
  Map,
  Set,
  Date,
  RegExp,
  Error,
  JSON,
  Math,
  Reflect,
];

export class Surface {
  readonly #before = new Map<object, Map<PropertyKey, unknown>>();

  /** To be made before the first program is run. */
  constructor() {
    for (const owner of owners()) this.#before.set(owner, propertiesOf(owner));
  }

  /** Whether something is there that was not, is gone, or is another. */
  isChanged(): boolean {
    for (const [owner, before] of this.#before) {
      const now = propertiesOf(owner);
      if (now.size !== before.size) return true;
      for (const [key, value] of now) if (isOther(before.get(key), value)) return true;
    }
    return false;
  }
}

function owners(): object[] {
  const prototypes = SEEN_BY_ALL.flatMap((each) => ('prototype' in each ? [each.prototype as object] : []));
  return [globalThis, ...SEEN_BY_ALL, ...prototypes];
}

/** Stands for a global that Node makes when it is asked for. */
const LATER = Symbol('later');

function isOther(before: unknown, now: unknown): boolean {
  return before !== LATER && !Object.is(before, now);
}

/** Nothing is called. What Node keeps for itself among the globals has a symbol. */
function propertiesOf(owner: object): Map<PropertyKey, unknown> {
  const found = new Map<PropertyKey, unknown>();
  const isGlobal = owner === globalThis;
  for (const key of isGlobal ? Object.getOwnPropertyNames(owner) : Reflect.ownKeys(owner)) {
    const { get, value } = Reflect.getOwnPropertyDescriptor(owner, key) ?? {};
    found.set(key, get === undefined ? value : isGlobal ? LATER : get);
  }
  return found;
}
