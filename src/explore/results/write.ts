// Writes what a program returned as a text: see results/form.ts. Nothing of the program is called but its
// getters.
import { inspect, types } from 'node:util';
import { copyOf, viewOf } from '../faces/view';
import { isControlled } from '../operations';
import { type Ancestors, type Kind, OWN_CLASSES, type Part, type ResultNode } from './form';

export function writeResult(value: unknown): string {
  const writer = new Writer();
  const root = writer.part(value);
  return JSON.stringify(writer.nodes.length === 0 ? [root] : [root, writer.finish()]);
}

type Contents = Pick<ResultNode, 'kind' | 'content'> & { readonly skip?: (key: PropertyKey) => boolean };

class Writer {
  readonly nodes: ResultNode[] = [];
  readonly #known = new Map<object, number>();
  readonly #open: object[] = [];

  part(value: unknown): Part {
    if (value === null) return null;
    switch (typeof value) {
      case 'boolean':
      case 'string':
        return value;
      case 'number':
        return Number.isFinite(value) && !Object.is(value, -0)
          ? value
          : ['number', Object.is(value, -0) ? '-0' : `${value}`];
      case 'undefined':
        return ['undefined', ''];
      case 'bigint':
        return ['bigint', `${value}`];
      case 'symbol':
        return symbolPart(value);
      default:
        return ['ref', this.#place(value as object)];
    }
  }

  /** One after the other, and not each within the one before: a list may be long. */
  finish(): readonly ResultNode[] {
    for (let at = 0; at < this.#open.length; at++) this.nodes[at] = this.#node(this.#open[at] as object);
    return this.nodes;
  }

  #place(value: object): number {
    let place = this.#known.get(value);
    if (place === undefined) {
      place = this.#open.push(value) - 1;
      this.#known.set(value, place);
      this.nodes.push(NOT_YET);
    }
    return place;
  }

  #node(given: object): ResultNode {
    try {
      // Shared memory is read as a print reads it.
      const value = isControlled() && viewOf(given) !== undefined ? (copyOf(given) as object) : given;
      const { kind, content, skip } = this.#contents(value);
      const isListed = (key: PropertyKey) => Object.prototype.propertyIsEnumerable.call(value, key);
      const keys = kind === 'told' ? [] : Reflect.ownKeys(value).filter((key) => !skip?.(key));
      const property = (key: string | symbol): readonly [Part, Part] => [
        this.part(key),
        this.part((value as Record<PropertyKey, unknown>)[key]),
      ];
      const hidden = kind === 'error' ? keys.filter((key) => !isListed(key) && HIDDEN.has(key)) : [];
      return {
        kind,
        ancestors: ancestorsOf(value),
        content,
        properties: keys.filter(isListed).map(property),
        hidden: hidden.map(property),
      };
    } catch {
      // A getter that throws, a Proxy that was revoked.
      return toldAs(inspect(given));
    }
  }

  #contents(value: object): Contents {
    if (typeof value === 'function') {
      const isClass = /^class\b/.test(Function.prototype.toString.call(value));
      return { kind: isClass ? 'class' : 'function', content: [String(value.name)] };
    }
    if (Array.isArray(value)) return { kind: 'array', content: [value.length] };
    if (types.isMap(value)) {
      return {
        kind: 'map',
        content: [...Map.prototype.entries.call(value)].flat().map((each) => this.part(each)),
      };
    }
    if (types.isSet(value)) {
      return { kind: 'set', content: [...Set.prototype.values.call(value)].map((each) => this.part(each)) };
    }
    if (types.isDate(value))
      return { kind: 'date', content: [this.part(Date.prototype.getTime.call(value))] };
    if (types.isRegExp(value)) {
      return { kind: 'regexp', content: [value.source, value.flags, this.part(value.lastIndex)] };
    }
    if (types.isNativeError(value))
      return { kind: 'error', content: [String(value.message), String(value.name)] };
    if (types.isBoxedPrimitive(value)) return this.#boxed(value);
    if (types.isAnyArrayBuffer(value)) return { kind: 'buffer', content: [latin1(new Uint8Array(value))] };
    if (ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      return { kind: 'view', content: [kindOfView(value), latin1(bytes)], skip: isIndex };
    }
    if (value instanceof URL) return { kind: 'url', content: [value.href] };
    return { kind: 'object', content: [] };
  }

  #boxed(value: object): Contents {
    const primitive = valueIn(value);
    const skip = (key: PropertyKey) => typeof primitive === 'string' && (isIndex(key) || key === 'length');
    return { kind: 'boxed', content: [this.part(primitive)], skip };
  }
}

const NOT_YET: ResultNode = { kind: 'object', ancestors: [], content: [], properties: [], hidden: [] };
const HIDDEN: ReadonlySet<PropertyKey> = new Set(['cause', 'errors']);

function toldAs(words: string): ResultNode {
  const kind: Kind = 'told';
  return { kind, ancestors: ['Object'], content: [words], properties: [], hidden: [] };
}

function symbolPart(symbol: symbol): Part {
  const registered = Symbol.keyFor(symbol);
  if (registered !== undefined) return ['Symbol.for', registered];
  const own = Reflect.ownKeys(Symbol).find((key) => (Symbol as never)[key] === symbol);
  return own === undefined ? ['symbol', symbol.description ?? ''] : ['Symbol.', String(own)];
}

function ancestorsOf(value: object): Ancestors {
  const names: (string | null)[] = [];
  let at = Object.getPrototypeOf(value) as object | null;
  for (; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    const own = OWN_CLASSES.get(at);
    if (own !== undefined) return [...names, own];
    const maker = Object.getOwnPropertyDescriptor(at, 'constructor')?.value as unknown;
    names.push(typeof maker === 'function' ? String(maker.name) : '');
  }
  return [...names, null];
}

function kindOfView(view: ArrayBufferView): string {
  if (view instanceof DataView) return 'DataView';
  if (Buffer.isBuffer(view)) return 'Buffer';
  return String((view as Uint8Array)[Symbol.toStringTag]);
}

function valueIn(boxed: object): unknown {
  if (types.isNumberObject(boxed)) return Number.prototype.valueOf.call(boxed);
  if (types.isStringObject(boxed)) return String.prototype.valueOf.call(boxed);
  if (types.isBooleanObject(boxed)) return Boolean.prototype.valueOf.call(boxed);
  if (types.isBigIntObject(boxed)) return BigInt.prototype.valueOf.call(boxed);
  return Symbol.prototype.valueOf.call(boxed);
}

function isIndex(key: PropertyKey): boolean {
  return typeof key === 'string' && /^\d+$/.test(key);
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
