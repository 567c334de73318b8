// Makes of the text of results/form.ts a value that compares and shows itself as what it was written from.
import { inspect } from 'node:util';
import { type Ancestors, OWN_CLASSES, type Part, type ResultNode } from './form';

export function readResult(text: string): unknown {
  const [root, nodes = []] = JSON.parse(text) as [Part, ResultNode[]?];
  const made = nodes.map(make);
  const open = (part: Part): unknown => {
    if (!Array.isArray(part)) return part;
    const [mark, content] = part as readonly [string, string];
    switch (mark) {
      case 'ref':
        return made[Number(content)];
      case 'undefined':
        return undefined;
      case 'number':
        return Number(content);
      case 'bigint':
        return BigInt(content);
      case 'Symbol.for':
        return Symbol.for(content);
      case 'Symbol.':
        return (Symbol as unknown as Record<string, unknown>)[content];
      default:
        return symbolCalled(content);
    }
  };
  for (const [at, node] of nodes.entries()) fill(made[at] as object, node, open);
  return open(root);
}

type Open = (part: Part) => unknown;

function make({ kind, ancestors, content }: ResultNode): object {
  const [first, second] = content as readonly string[] as readonly [string, string];
  switch (kind) {
    case 'array':
      return descended(new Array(Number(first)), ancestors);
    case 'map':
      return descended(new Map(), ancestors);
    case 'set':
      return descended(new Set(), ancestors);
    case 'date':
      return descended(new Date(Number(Array.isArray(first) ? Number.NaN : first)), ancestors);
    case 'regexp':
      return descended(new RegExp(first, second), ancestors);
    case 'error':
      return errorOf(first, second, ancestors);
    case 'boxed':
      return descended(Object(boxedIn(content[0] as Part)) as object, ancestors);
    case 'buffer':
      return descended(bufferOf(first), ancestors);
    case 'view':
      return descended(viewOf(first, second), ancestors);
    case 'url':
      return new URL(first);
    case 'function':
    case 'class':
      return descended(functionCalled(first, kind), ancestors);
    case 'told':
      return new Told(first);
    case 'object':
      return Object.create(prototypeOf(ancestors)) as object;
    default:
      return kind satisfies never;
  }
}

function fill(value: object, { kind, content, properties, hidden }: ResultNode, open: Open): void {
  if (kind === 'map') {
    for (let at = 0; at < content.length; at += 2) {
      Map.prototype.set.call(value, open(content[at] as Part), open(content[at + 1] as Part));
    }
  }
  if (kind === 'set') for (const part of content) Set.prototype.add.call(value, open(part));
  if (kind === 'regexp') (value as RegExp).lastIndex = Number(open(content[2] as Part));
  const define = (enumerable: boolean) => (each: readonly [Part, Part]) => {
    const [key, part] = each;
    const described = { value: open(part), enumerable, configurable: true, writable: true };
    Object.defineProperty(value, open(key) as PropertyKey, described);
  };
  properties.forEach(define(true));
  hidden.forEach(define(false));
}

const prototypes = new Map<string, object>();
const functions = new Map<string, object>();
const symbols = new Map<string, symbol>();

/** The same for the same names, so that two values of one class are told to be alike. */
function prototypeOf(ancestors: Ancestors): object | null {
  const [name, ...above] = ancestors;
  if (name === null || name === undefined) return null;
  if (above.length === 0) return ownPrototype(name);
  const key = JSON.stringify(ancestors);
  let prototype = prototypes.get(key);
  if (prototype === undefined) {
    prototype = Object.create(prototypeOf(above)) as object;
    if (name !== '') {
      const maker = Object.defineProperty(() => {}, 'name', { value: name });
      maker.prototype = prototype;
      Object.defineProperty(prototype, 'constructor', { value: maker, configurable: true, writable: true });
    }
    prototypes.set(key, prototype);
  }
  return prototype;
}

function ownPrototype(name: string): object {
  for (const [prototype, own] of OWN_CLASSES) if (own === name) return prototype;
  return Object.prototype;
}

function descended<V extends object>(value: V, ancestors: Ancestors): V {
  const prototype = prototypeOf(ancestors);
  return Object.getPrototypeOf(value) === prototype ? value : (Object.setPrototypeOf(value, prototype) as V);
}

function errorOf(message: string, name: string, ancestors: Ancestors): Error {
  const error = descended(new Error(message), ancestors);
  const hide = (key: string, value: string) =>
    Object.defineProperty(error, key, { value, configurable: true, writable: true, enumerable: false });
  if (error.name !== name) hide('name', name);
  // Lines of code are no part of what it is.
  hide('stack', message === '' ? name : `${name}: ${message}`);
  return error;
}

function boxedIn(part: Part): unknown {
  if (!Array.isArray(part)) return part;
  const [mark, content] = part as readonly [string, string];
  if (mark === 'bigint') return BigInt(content);
  return mark === 'number' ? Number(content) : symbolCalled(content);
}

function bufferOf(latin1: string): ArrayBuffer {
  return Uint8Array.from(Buffer.from(latin1, 'latin1')).buffer;
}

type ViewClass = new (buffer: ArrayBuffer) => object;

function viewOf(kind: string, latin1: string): object {
  const buffer = bufferOf(latin1);
  if (kind === 'Buffer') return Buffer.from(buffer);
  return new (globalThis as unknown as Record<string, ViewClass>)[kind]!(buffer);
}

function functionCalled(name: string, kind: 'function' | 'class'): object {
  const key = `${kind} ${name}`;
  let made = functions.get(key);
  if (made === undefined) {
    made = Object.defineProperty(kind === 'class' ? class {} : () => {}, 'name', { value: name });
    functions.set(key, made);
  }
  return made;
}

function symbolCalled(description: string): symbol {
  const symbol = symbols.get(description) ?? Symbol(description);
  symbols.set(description, symbol);
  return symbol;
}

/** Of what cannot be read there are only words: what is alike in its words counts as alike. */
class Told {
  readonly words: string;
  constructor(words: string) {
    this.words = words;
  }
  [inspect.custom](): string {
    return this.words;
  }
}
