// What a program can ask of the network without an import: it is told, because it cannot be put in an order.
import { isControlled } from '../operations';
import { put } from './put';

type AnyFunction = (...args: never[]) => unknown;

const CLASSES = ['BroadcastChannel', 'EventSource', 'WebSocket'] as const;

/** `noteEscape` is told what is used. */
export function controlNetwork(noteEscape: (what: string) => void): void {
  const { fetch } = globalThis;
  put(globalThis, 'fetch', (...args: Parameters<typeof fetch>) => {
    noteEscape('fetch');
    return fetch(...args);
  });
  for (const name of CLASSES) noteMaking(name, () => noteEscape(name));
}

function noteMaking(name: string, note: () => void): void {
  const Real = (globalThis as unknown as Record<string, AnyFunction | undefined>)[name];
  if (Real === undefined) return;
  const Noted = new Proxy(Real, {
    construct(target, args, newTarget) {
      if (isControlled()) note();
      return Reflect.construct(target, args, newTarget) as object;
    },
  });
  Object.defineProperty(globalThis, name, { value: Noted, configurable: true, writable: true });
}
