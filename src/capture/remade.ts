// Objects of Node and of JavaScript that hold nothing but what they were made of, such as a number format:
// the other process makes them anew.
import type { Node } from './captured';
import { globalNameOf } from './globals';
import type { Graph } from './graph';
import type { Path } from './path';

type Read = (name: string) => unknown;
/** The arguments of the class, as plain data. */
type Arguments = (read: Read, value: object) => unknown[];

const URL_PARTS = ['protocol', 'username', 'password', 'hostname', 'port', 'pathname', 'search', 'hash'];

const MADE_OF: Readonly<Record<string, Arguments>> = {
  TextEncoder: () => [],
  TextDecoder: (read) => [read('encoding'), { fatal: read('fatal'), ignoreBOM: read('ignoreBOM') }],
  DOMException: (read) => [read('message'), read('name')],
  Headers: (_read, value) => [[...(value as Headers)]],
  URLPattern: (read) => [Object.fromEntries(URL_PARTS.map((part) => [part, read(part)]))],
  'Intl.Locale': (_read, value) => [Intl.Locale.prototype.toString.call(value)],
};

/** Returns undefined for what holds more, or is none of them but says so. */
export function describeRemade(value: object, path: Path, graph: Graph): Node | undefined {
  const prototype: object | null = Object.getPrototypeOf(value);
  if (prototype === null) return undefined;
  const maker: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  const names = typeof maker === 'function' ? globalNameOf(maker) : undefined;
  if (names === undefined) return undefined;
  // It is not what a program has put on the object itself under that name.
  const read: Read = (name) => Reflect.get(prototype, name, value);
  try {
    const name = names.join('.');
    if (name === 'AbortSignal') {
      const reason = path.property('reason', value);
      return read('aborted') ? { type: 'aborted', reason: graph.refer(read('reason'), reason) } : undefined;
    }
    const args = MADE_OF[name]?.(read, value) ?? (names[0] === 'Intl' ? formatOf(read, value) : undefined);
    if (args === undefined) return undefined;
    const stack: unknown = name === 'DOMException' ? (value as DOMException).stack : undefined;
    return { type: 'remade', names, args, ...(typeof stack === 'string' && { stack }) };
  } catch {
    return undefined;
  }
}

function formatOf(read: Read, value: object): unknown[] | undefined {
  const options = (read('resolvedOptions') as () => { locale: string }).call(value);
  return [options.locale, options];
}

export function remake({ args, stack }: Node & { type: 'remade' }, Maker: unknown): object {
  const made = new (Maker as new (...args: unknown[]) => object)(...args);
  if (stack !== undefined) Object.defineProperty(made, 'stack', { value: stack, configurable: true });
  return made;
}
