// A value as bytes for another program, which has neither our memory nor our modules: plain data and errors,
// and nothing that could run. Objects are listed once, so cycles and shared objects stay what they are.
import { deserialize, serialize } from 'node:v8';
import { NotSerializableError, SocketError } from '../errors';
import { errorOfClass, knownClassName } from './known-errors';

/** A primitive as it is, or the place of an object in the list, in an array of its own. */
type Packed = undefined | null | boolean | number | string | bigint | [place: number];

type Node =
  | { type: 'object' | 'bare'; entries: Packed[] }
  | { type: 'array'; length: number; items: Packed[] }
  | { type: 'map' | 'set'; items: Packed[] }
  | { type: 'date'; time: number }
  | { type: 'regexp'; source: string; flags: string }
  | { type: 'binary'; kind: string; bytes: Uint8Array }
  | { type: 'error'; className: string; message: string; stack: string; entries: Packed[] }
  | { type: 'ticket'; ticket: unknown };

const binaryClasses = {
  Buffer,
  Uint8Array,
  Int8Array,
  Uint8ClampedArray,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  Float32Array,
  Float64Array,
  BigUint64Array,
  BigInt64Array,
  DataView,
  ArrayBuffer,
};
const binaryNames = new Map<unknown, string>(
  Object.entries(binaryClasses).map(([name, { prototype }]) => [prototype, name]),
);

interface PackOptions {
  /** What the value is called in sentences. */
  name?: string;
  /** Data that stands for an object which stays here; undefined for one that is to be copied. */
  ticketFor?: (object: object) => unknown;
}

/**
 * Writes a value down as bytes for another program.
 *
 * @throws NotSerializableError, which names the path, for what is no plain data.
 */
export function pack(value: unknown, { name = 'item', ticketFor }: PackOptions = {}): Uint8Array {
  const rootTicket = typeof value === 'object' && value !== null ? ticketFor?.(value) : undefined;
  const text = rootTicket === undefined ? plainText(value) : undefined;
  if (text !== undefined) return Buffer.from(`\0${text}`);
  const nodes: Node[] = [];
  const places = new Map<object, [number]>();
  const pending: { value: object; place: number; path: string }[] = [];
  const refer = (each: unknown, path: string): Packed => {
    if (typeof each === 'function') throw refuse(path, 'it is a function');
    if (typeof each === 'symbol') throw refuse(path, 'it is a symbol');
    if (typeof each !== 'object' || each === null) return each as Packed;
    const known = places.get(each);
    if (known !== undefined) return known;
    const place: [number] = [pending.length];
    places.set(each, place);
    pending.push({ value: each, place: place[0], path });
    return place;
  };
  const root = refer(value, name);
  for (let next = 0; next < pending.length; next++) {
    const { value: each, place, path } = pending[next] as (typeof pending)[number];
    const ticket = place === 0 ? rootTicket : ticketFor?.(each);
    nodes[place] = ticket === undefined ? describe(each, path, refer) : { type: 'ticket', ticket };
  }
  return serialize([root, nodes]);
}

const PLAIN = 0;
const MOST_ITEMS = 16;
const LONGEST_TEXT = 256;

/**
 * Writes the little that most calls take and give as JSON, which takes a fifth of V8's time, if it says all
 * of it. Undefined for anything else.
 */
function plainText(value: unknown): string | undefined {
  if (value === undefined) return '';
  if (!Array.isArray(value)) return isPlain(value) ? JSON.stringify(value) : undefined;
  if (Object.getPrototypeOf(value) !== Array.prototype || value.length > MOST_ITEMS) return undefined;
  const texts: string[] = [];
  for (let i = 0; i < value.length; i++) {
    if (!isPlain(value[i])) return undefined;
    texts.push(JSON.stringify(value[i]));
  }
  return `[${texts.join()}]`;
}

function isPlain(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value === 'string') return value.length <= LONGEST_TEXT;
  return value === null || typeof value === 'boolean';
}

type Refer = (value: unknown, path: string) => Packed;

function describe(value: object, path: string, refer: Refer): Node {
  const prototype: unknown = Object.getPrototypeOf(value);
  const entries = (of: object) =>
    Object.entries(of).flatMap(([key, item]): Packed[] => [key, refer(item, join(path, key))]);
  const each = (items: Iterable<unknown>) =>
    Array.from(items, (item, index) => refer(item, `${path}[${index}]`));
  if (prototype === Object.prototype) return { type: 'object', entries: entries(value) };
  if (prototype === null) return { type: 'bare', entries: entries(value) };
  if (prototype === Array.prototype) {
    const array = value as unknown[];
    return { type: 'array', length: array.length, items: each(array) };
  }
  if (prototype === Map.prototype) {
    return { type: 'map', items: each([...(value as Map<unknown, unknown>)].flat()) };
  }
  if (prototype === Set.prototype) return { type: 'set', items: each(value as Set<unknown>) };
  if (prototype === Date.prototype) return { type: 'date', time: (value as Date).getTime() };
  if (prototype === RegExp.prototype) {
    const { source, flags } = value as RegExp;
    return { type: 'regexp', source, flags };
  }
  const binary = binaryNames.get(prototype);
  if (binary !== undefined) return { type: 'binary', kind: binary, bytes: bytesOf(value) };
  if (value instanceof Error) {
    const { name, cause } = value;
    const own = {
      ...value,
      ...(name !== prototypeName(value) && { name }),
      ...(cause !== undefined && { cause }),
      ...(value instanceof AggregateError && { errors: value.errors }),
    };
    return {
      type: 'error',
      className: knownClassName(value),
      message: value.message,
      stack: String(value.stack),
      entries: entries(own),
    };
  }
  throw refuse(path, `it is an instance of ${value.constructor?.name || 'a class'}`);
}

/** What the name will be over there when nothing is said of it. */
function prototypeName(error: Error): string {
  return errorOfClass(knownClassName(error), '').name;
}

function refuse(path: string, what: string): NotSerializableError {
  return new NotSerializableError(
    path,
    path,
    `${what}, and through a socket only data travels: the other program may have neither its code nor its memory`,
    'Send what it is made of.',
  );
}

function join(path: string, key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}

function bytesOf(value: object): Uint8Array {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  const view = value as ArrayBufferView;
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

/**
 * Gives back the value that pack() has written down. `redeem` gives what a ticket stands for.
 *
 * @throws SocketError for bytes that pack() has not written.
 */
export function unpack(bytes: Uint8Array, redeem: (ticket: unknown) => unknown = refuseTicket): unknown {
  const written = parsed(bytes);
  if ('plain' in written) return written.plain;
  const { root, nodes } = written;
  const values = nodes.map((node) => (node.type === 'ticket' ? redeem(node.ticket) : begin(node)));
  const open = (packed: Packed | undefined): unknown => {
    if (typeof packed !== 'object' || packed === null) return packed;
    const [place] = packed;
    // Any other key would give what every array inherits, methods included.
    if (!Number.isInteger(place) || !(place in values)) throw new SocketError('A message arrived damaged.');
    return values[place];
  };
  nodes.forEach((node, place) => {
    fill(values[place], node, open);
  });
  return open(root);
}

function parsed(bytes: Uint8Array): { plain: unknown } | { root: Packed; nodes: Node[] } {
  try {
    if (bytes[0] === PLAIN) {
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8', 1);
      return { plain: text === '' ? undefined : JSON.parse(text) };
    }
    const [root, nodes] = deserialize(bytes) as [Packed, Node[]];
    if (Array.isArray(nodes)) return { root, nodes };
  } catch {
    // None of ours, as when the other side called sendBytes().
  }
  throw new SocketError(
    'What arrived is no item: what the other side sent by sendBytes() is received by recvBytes().',
  );
}

function refuseTicket(): never {
  throw new SocketError('An object of a manager arrived on a connection that is none of a manager.');
}

function begin(node: Exclude<Node, { type: 'ticket' }>): unknown {
  switch (node.type) {
    case 'object':
      return {};
    case 'bare':
      return Object.create(null);
    case 'array':
      return new Array<unknown>(node.length);
    case 'map':
      return new Map();
    case 'set':
      return new Set();
    case 'date':
      return new Date(node.time);
    case 'regexp':
      return new RegExp(node.source, node.flags);
    case 'binary':
      return binaryOf(node.kind, node.bytes);
    case 'error': {
      const error = errorOfClass(node.className, node.message);
      return hide(error, 'stack', node.stack);
    }
    default:
      return node satisfies never;
  }
}

const hidden = new Set(['name', 'cause', 'errors']);

function fill(value: unknown, node: Node, open: (packed: Packed | undefined) => unknown): void {
  switch (node.type) {
    case 'object':
    case 'bare':
      eachPair(node.entries, open, (key, item) => define(value as object, String(key), item, true));
      break;
    case 'error':
      eachPair(node.entries, open, (key, item) =>
        define(value as object, String(key), item, !hidden.has(String(key))),
      );
      break;
    case 'array':
      for (const [index, item] of node.items.entries()) (value as unknown[])[index] = open(item);
      break;
    case 'map':
      eachPair(node.items, open, (key, item) => (value as Map<unknown, unknown>).set(key, item));
      break;
    case 'set':
      for (const item of node.items) (value as Set<unknown>).add(open(item));
      break;
    default:
    // The others were whole when they were begun.
  }
}

function eachPair(
  items: Packed[],
  open: (packed: Packed | undefined) => unknown,
  take: (key: unknown, item: unknown) => void,
): void {
  for (let at = 0; at < items.length; at += 2) take(open(items[at]), open(items[at + 1]));
}

// Never by assignment: a key may be '__proto__'.
function define(target: object, key: string, value: unknown, enumerable: boolean): void {
  Object.defineProperty(target, key, { value, enumerable, writable: true, configurable: true });
}

function hide<T extends object>(target: T, key: string, value: unknown): T {
  define(target, key, value, false);
  return target;
}

function binaryOf(kind: string, bytes: Uint8Array): unknown {
  if (kind === 'Buffer') return Buffer.from(bytes);
  const { buffer } = new Uint8Array(bytes);
  if (kind === 'ArrayBuffer') return buffer;
  if (!Object.hasOwn(binaryClasses, kind)) throw new SocketError('A message arrived damaged.');
  const View = binaryClasses[kind as keyof typeof binaryClasses] as new (buffer: ArrayBuffer) => object;
  return new View(buffer);
}
