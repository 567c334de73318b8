// What a program can leave behind in the process that explores it, and another process of it or the next
// program would find: names and methods that everybody sees, variables of the environment, the current
// directory.
import { builtinModules, createRequire } from 'node:module';
import { faces, library } from '../faces/library';

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
  BigInt,
  console,
  process,
};

// They are taken now: a program may do away with them.
const { is, entries } = Object;
const { ownKeys, getOwnPropertyDescriptor, deleteProperty, defineProperty: setProperty } = Reflect;
const { keyFor } = Symbol;
const everything: object = globalThis;

/** Node's own, which it makes when it needs them. */
const OF_NODE = /^(?:undici|nodejs)\./;

interface Seen {
  readonly name: string;
  readonly owner: object;
  readonly properties: Properties;
}

/** Something that is there and was not, is gone, or is another. */
export interface Change {
  /** 'the global variable runs' */
  readonly words: string;
  /** What is there now. */
  readonly value: unknown;
}

type Properties = readonly (readonly [key: PropertyKey, described: PropertyDescriptor])[];

export class Surface {
  readonly #seen: Seen[] = [];
  readonly #env = { ...process.env };
  readonly #cwd = process.cwd();
  readonly #title = process.title;

  /** It is to be made before the first program is run. */
  constructor() {
    this.#see('', everything);
    const ours = entries({ parlab: library, ...faces });
    for (const [name, owner] of [...entries(SEEN_BY_ALL), ...loadedModules(), ...ours]) {
      if (typeof owner !== 'function' && (typeof owner !== 'object' || owner === null)) continue;
      this.#see(name, owner);
      const own = typeof owner === 'function' && getOwnPropertyDescriptor(owner, 'prototype');
      if (own) this.#see(`${name}.prototype`, own.value as object);
    }
  }

  #see(name: string, owner: object): void {
    for (const seen of this.#seen) if (seen.owner === owner) return;
    this.#seen.push({ name, owner, properties: propertiesOf(owner) });
  }

  /** What is there that was not, is gone, or is another. */
  changes(): Change[] {
    const found: Change[] = [];
    for (const { name, owner, properties } of this.#seen) {
      for (const key of changedKeys(properties, propertiesOf(owner))) {
        const words = name === '' ? `the global variable ${String(key)}` : `${name}.${String(key)}`;
        found.push({ words, value: getOwnPropertyDescriptor(owner, key)?.value });
      }
    }
    for (const name of this.#changedNames())
      found.push({ words: `the environment variable ${name}`, value: process.env[name] });
    const [cwd, title] = [process.cwd(), process.title];
    if (cwd !== this.#cwd) found.push({ words: 'the current directory', value: cwd });
    if (title !== this.#title) found.push({ words: 'process.title', value: title });
    return found;
  }

  /** Puts back what a program has changed; what it returns undoes that. */
  restore(): () => void {
    const undo: (() => void)[] = [];
    for (const { owner, properties } of this.#seen) {
      const now = propertiesOf(owner);
      for (const key of changedKeys(properties, now)) {
        put(owner, key, describedIn(properties, key, properties.length));
        const left = describedIn(now, key, now.length);
        undo.push(() => put(owner, key, left));
      }
    }
    for (const name of this.#changedNames()) {
      const left = process.env[name];
      putVariable(name, this.#env[name]);
      undo.push(() => putVariable(name, left));
    }
    const [cwd, title] = [process.cwd(), process.title];
    if (cwd !== this.#cwd) process.chdir(this.#cwd);
    if (title !== this.#title) process.title = this.#title;
    return () => {
      for (const each of undo) each();
      if (cwd !== this.#cwd) process.chdir(cwd);
      if (title !== this.#title) process.title = title;
    };
  }

  #changedNames(): string[] {
    const found: string[] = [];
    for (const name of ownKeys({ ...this.#env, ...process.env }) as string[])
      if (this.#env[name] !== process.env[name]) found.push(name);
    return found;
  }
}

/** Returns the loaded modules by name. Nothing is loaded for it. */
function loadedModules(): [name: string, exports: unknown][] {
  const { moduleLoadList } = process as unknown as { moduleLoadList: string[] };
  const loaded = new Set(moduleLoadList);
  const load = createRequire(__filename);
  return builtinModules
    .filter((name) => !name.startsWith('_') && loaded.has(`NativeModule ${name}`))
    .map((name) => [name, load(name)]);
}

/** What cannot be put back stays. */
function put(owner: object, key: PropertyKey, described: PropertyDescriptor | undefined): void {
  if (described === undefined) deleteProperty(owner, key);
  else setProperty(owner, key, described);
}

function putVariable(name: string, value: string | undefined): void {
  if (value === undefined) deleteProperty(process.env, name);
  else process.env[name] = value;
}

/** Finds the changed keys without any of JavaScript's own methods, each of which may be what has changed. */
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

/** Reads properties without calling anything. What Node keeps for itself has a symbol of its own. */
function propertiesOf(owner: object): Properties {
  const found: [PropertyKey, PropertyDescriptor][] = [];
  const keys = ownKeys(owner);
  let count = 0;
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at]!;
    if (typeof key === 'string' ? isInside(owner, key) : owner === everything && !isShared(key)) continue;
    found[count++] = [key, getOwnPropertyDescriptor(owner, key)!];
  }
  return found;
}

/** Whether it is what Node itself works with in `process`: listeners and the like. */
function isInside(owner: object, key: string): boolean {
  return owner === process && key[0] === '_';
}

function isShared(key: symbol): boolean {
  const name = keyFor(key);
  return name !== undefined && !OF_NODE.test(name);
}
