// Values as bytes between programs on different computers: numbers as they are, plain values by the fast
// codec, the rest captured. What lives in the shared memory of one computer is refused.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { capture } from '../capture/capture';
import type { Captured } from '../capture/captured';
import { decodeCaptured, encodeCaptured } from '../capture/encode';
import { restore } from '../capture/restore/restore';
import { beginWriting, writeByte, written } from '../channel/byte-writer';
import { readValue } from '../channel/read-value';
import { writeValue } from '../channel/write-value';
import { NotSerializableError } from '../errors';
import { currentFolder } from '../system/current-folder';
import type { Bundle } from './modules/bundle';
import { fromCaller, fromHost, toCaller, toHost } from './modules/portable';

const PLAIN = 1;
const CAPTURED = 2;
const NUMBERS = 3;
/** Numbers begin at a multiple of their size. */
const BEFORE_NUMBERS = 8;

interface Encoded {
  /** In a buffer of its own. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What it needs of local modules. */
  readonly bundle: Bundle | undefined;
}

/** For a host. `work`: the work that it is part of. */
export function encodeForHost(value: unknown, root: string, work: number | undefined): Encoded {
  const plain = encodePlain(value);
  if (plain !== undefined) return { bytes: plain, bundle: undefined };
  const { bytes, bundle } = encodeProgram(capture(value, { root, work }), root);
  return { bytes: withKind(CAPTURED, bytes), bundle };
}

/** A captured function. */
export function encodeProgram(
  captured: Captured,
  root: string,
): { bytes: Uint8Array; bundle: Bundle | undefined } {
  refuseLocal(captured, root);
  const { captured: portable, bundle } = toHost(captured);
  return { bytes: encodeCaptured(portable), bundle };
}

/** `folder`: where a bundle lies. */
export interface HostModules {
  readonly require: NodeJS.Require;
  folder(hash: string): string;
}

export function decodeProgram(bytes: Uint8Array, { require, folder }: HostModules): Captured {
  return fromCaller(decodeCaptured(bytes), require, folder);
}

export function decodeOnHost(bytes: Uint8Array, modules: HostModules): unknown {
  return decode(bytes, (body) => restore(decodeProgram(body, modules), modules.require));
}

/** By a host, for the caller. */
export function encodeForCaller(value: unknown, root: string): Uint8Array {
  const plain = encodePlain(value);
  if (plain !== undefined) return plain;
  const captured = capture(value, { root });
  refuseLocal(captured, root);
  return withKind(CAPTURED, encodeCaptured(toCaller(captured)));
}

export function decodeFromHost(bytes: Uint8Array, require: NodeJS.Require): unknown {
  return decode(bytes, (body) => restore(fromHost(decodeCaptured(body), require), require));
}

/** The item of a queue: it brings no modules along. */
export function encodeItem(item: unknown): Uint8Array<ArrayBuffer> {
  const plain = encodeFast(item);
  if (plain !== undefined) return plain;
  const captured = capture(item, { root: 'item' });
  refuseLocal(captured, 'item');
  return withKind(CAPTURED, encodeCaptured(captured));
}

let requireHere: NodeJS.Require | undefined;

export function decodeItem(bytes: Uint8Array): unknown {
  requireHere ??= createRequire(join(currentFolder(), '[item]'));
  const require = requireHere;
  return decode(bytes, (body) => restore(decodeCaptured(body), require));
}

function encodePlain(value: unknown): Uint8Array<ArrayBuffer> | undefined {
  if (value instanceof Float64Array) {
    const bytes = new Uint8Array(BEFORE_NUMBERS + value.byteLength);
    bytes[0] = NUMBERS;
    bytes.set(new Uint8Array(value.buffer, value.byteOffset, value.byteLength), BEFORE_NUMBERS);
    return bytes;
  }
  return encodeFast(value);
}

function encodeFast(value: unknown): Uint8Array<ArrayBuffer> | undefined {
  beginWriting();
  writeByte(PLAIN);
  return writeValue(value) ? new Uint8Array(written()) : undefined;
}

function decode(given: Uint8Array, restoreBody: (body: Uint8Array) => unknown): unknown {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.length);
  switch (bytes[0]) {
    case PLAIN:
      return readValue(bytes, 1);
    case NUMBERS:
      return new Float64Array(new Uint8Array(bytes.subarray(BEFORE_NUMBERS)).buffer);
    case CAPTURED:
      return restoreBody(bytes.subarray(1));
    default:
      throw new TypeError('These bytes are no value of this version of ParLab.');
  }
}

function withKind(kind: number, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(1 + body.length);
  bytes[0] = kind;
  bytes.set(body, 1);
  return bytes;
}

function refuseLocal({ nodes }: Captured, root: string): void {
  for (const node of nodes) {
    if (node.type !== 'handle' || typeof node.handle.offset !== 'number') continue;
    const { kind } = node.handle;
    throw new NotSerializableError(
      root,
      root,
      `it holds a ${kind}, which lives in the shared memory of one computer`,
      'What is to be shared by the hosts of a room is made by its context: mp.Lock, mp.Queue …',
    );
  }
}
