// What a program can leave behind in the process that explores it, and the next one would find: names and
// methods that everybody sees, variables of the environment, the current directory.

const SEEN_BY_ALL = {
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
};

// Taken now: a program may have done away with them.
const { getOwnPropertyNames, defineProperty, is, entries } = Object;
const { ownKeys, getOwnPropertyDescriptor, deleteProperty } = Reflect;
const everything: object = globalThis;

interface Seen {
  readonly name: string;
  readonly owner: object;
  readonly properties: Properties;
}
type Properties = readonly (readonly [key: PropertyKey, described: PropertyDescriptor])[];

export class Surface {
  readonly #seen: Seen[] = [];
  readonly #env = { ...process.env };
  readonly #cwd = process.cwd();

  /** To be made before the first program is run. */
  constructor() {
    this.#see('', everything);
    for (const [name, owner] of entries(SEEN_BY_ALL)) {
      this.#see(name, owner);
      if ('prototype' in owner) this.#see(`${name}.prototype`, owner.prototype as object);
    }
  }

  #see(name: string, owner: object): void {
    this.#seen.push({ name, owner, properties: propertiesOf(owner) });
  }

  /** In words, what is there that was not, is gone, or is another: 'the global variable runs'. */
  changes(): string[] {
    const found: string[] = [];
    for (const { name, owner, properties } of this.#seen) {
      for (const key of changedKeys(properties, propertiesOf(owner)))
        found.push(name === '' ? `the global variable ${String(key)}` : `${name}.${String(key)}`);
    }
    for (const name of ownKeys({ ...this.#env, ...process.env }) as string[])
      if (this.#env[name] !== process.env[name]) found.push(`the environment variable ${name}`);
    if (process.cwd() !== this.#cwd) found.push('the current directory');
    return found;
  }

  /** Puts back what a program has changed, so that what explores can go on. */
  restore(): void {
    for (const { owner, properties } of this.#seen) {
      const now = propertiesOf(owner);
      for (const key of changedKeys(properties, now)) {
        let before: PropertyDescriptor | undefined;
        for (const [each, described] of properties) if (each === key) before = described;
        if (before === undefined) deleteProperty(owner, key);
        else defineProperty(owner, key, before);
      }
    }
  }
}

/** Without any of JavaScript's own methods, each of which may be what has changed. */
function changedKeys(before: Properties, now: Properties): PropertyKey[] {
  const found: PropertyKey[] = [];
  let count = 0;
  for (let at = 0; at < before.length; at++) {
    const [key, described] = before[at]!;
    const other = describedIn(now, key, at);
    if (other === undefined || isOther(described, other)) found[count++] = key;
  }
  for (let at = 0; at < now.length; at++) {
    const key = now[at]![0];
    if (describedIn(before, key, at) === undefined) found[count++] = key;
  }
  return found;
}

/** Where nothing has changed, it stands in the same place. */
function describedIn(all: Properties, key: PropertyKey, at: number): PropertyDescriptor | undefined {
  if (at < all.length && all[at]![0] === key) return all[at]![1];
  for (let each = 0; each < all.length; each++) if (all[each]![0] === key) return all[each]![1];
  return undefined;
}

/** A global may be one that Node makes when it is asked for. */
function isOther(before: PropertyDescriptor, now: PropertyDescriptor): boolean {
  if (before.get !== undefined) return now.get !== undefined && !is(before.get, now.get);
  return now.get !== undefined || !is(before.value, now.value);
}

/** Nothing is called. What Node keeps for itself among the globals has a symbol. */
function propertiesOf(owner: object): Properties {
  const found: [PropertyKey, PropertyDescriptor][] = [];
  const keys = owner === everything ? getOwnPropertyNames(owner) : ownKeys(owner);
  for (let at = 0; at < keys.length; at++) {
    found[at] = [keys[at]!, getOwnPropertyDescriptor(owner, keys[at]!)!];
  }
  return found;
}
