// Luck that is the same in every run: each process has its own numbers, made of the seed and its place.
import crypto from 'node:crypto';
import { nextState, randomOf } from '../hash';
import { runner } from '../operations';
import { put } from './put';

/** Returns a number from 0 to 1. */
function next(): number {
  const { local } = runner();
  local.random = nextState(local.random);
  return randomOf(local.random);
}

const byte = () => Math.floor(next() * 256);

export function controlLuck(): void {
  put(Math, 'random', next);
  put(crypto, 'randomInt', ((
    from: number,
    to: number | undefined,
    then?: (error: null, value: number) => void,
  ) => {
    const [low, high] = typeof to === 'number' ? [from, to] : [0, from];
    const value = low + Math.floor(next() * (high - low));
    const told = typeof to === 'function' ? (to as unknown as typeof then) : then;
    if (told === undefined) return value;
    globalThis.queueMicrotask(() => told(null, value));
    return undefined;
  }) as never);
  put(crypto, 'randomBytes', ((size: number, then?: (error: null, bytes: Buffer) => void) => {
    const bytes = Buffer.from(Array.from({ length: size }, byte));
    if (then === undefined) return bytes;
    globalThis.queueMicrotask(() => then(null, bytes));
    return undefined;
  }) as never);
  put(crypto, 'randomUUID', uuid);
  const web = Object.getPrototypeOf(crypto.webcrypto) as typeof crypto.webcrypto;
  put(web, 'randomUUID', uuid);
  put(web, 'getRandomValues', ((array: Uint8Array) => {
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength).forEach((_, at, bytes) => {
      bytes[at] = byte();
    });
    return array;
  }) as never);
}

function uuid(): string {
  const hex = Array.from({ length: 32 }, () => Math.floor(next() * 16).toString(16));
  hex[12] = '4';
  hex[16] = '89ab'[Math.floor(next() * 4)] as string;
  const text = hex.join('');
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join(
    '-',
  );
}
