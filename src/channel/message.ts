// A value as a message and back: numbers and binary data as they are, plain values by the fast codec, the
// rest captured.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Captured } from '../capture/captured';
import { expectLargeBuffers, programMemory } from '../memory/memory';
import { hold, letGo } from '../objects/holds';
import { unpin } from '../objects/references';
import { currentFolder } from '../system/current-folder';
import { beginWriting, writeBytes, writeInt32, written } from './byte-writer';
import { readValue, restoreBinary } from './read-value';
import type { Found } from './segments';
import { binaryKind, bytesOf, writeValue } from './write-value';

export const NUMBER = 0;
const PLAIN = 1;
const CAPTURED = 2;
const BINARY = 3;
const LARGE_BYTES = 2 ** 17;

export interface Message {
  tag: number;
  bytes: Uint8Array;
  /** Shared objects that the message refers to. Once it is put, it keeps them itself. */
  pinned: readonly number[];
  /** Keeps them until then. */
  hold: number;
}

/** What was taken out of shared memory. A capture is restored after the queue is free for others again. */
export type Received = { value: unknown } | { captured: Buffer; hold: number } | { broken: unknown };

const nothingPinned: readonly number[] = [];

/**
 * Makes a value a message. Its bytes are valid until the next call, or the next change of the value. Throws
 * NotSerializableError for what cannot travel.
 */
export function encodeMessage(value: unknown): Message {
  if (typeof value === 'object' && value !== null) {
    const kind = binaryKind(value);
    if (kind !== undefined) {
      return {
        tag: BINARY | (kind << 8),
        bytes: bytesOf(value as ArrayBuffer),
        pinned: nothingPinned,
        hold: 0,
      };
    }
  }
  beginWriting();
  if (writeValue(value)) return { tag: PLAIN, bytes: written(), pinned: nothingPinned, hold: 0 };
  return encodeCapture(value);
}

/** Is to be called once the message is put, or will not be put after all. */
export function dropMessage(message: Message): void {
  letGo(message.hold);
}

/**
 * Takes what a message says out of shared memory. It runs while the queue is locked, so it never throws and
 * never runs a user's code.
 */
export function readMessage(found: Found): Received {
  const { tag, offset, length } = found;
  const { bytes, f64 } = block();
  try {
    if (tag === NUMBER) return { value: f64[offset / 8] };
    if (tag === PLAIN) return { value: readValue(bytes, offset) };
    if (tag === CAPTURED) {
      const captured = Buffer.from(bytes.subarray(offset, offset + length));
      return { captured, hold: hold(pinnedIn(captured)) };
    }
    if (length >= LARGE_BYTES) expectLargeBuffers();
    return { value: restoreBinary(tag >> 8, bytes, offset, length) };
  } catch (error) {
    return { broken: error };
  }
}

/** Returns the value of a message that was read. Throws what hindered its reading. */
export function openMessage(received: Received): unknown {
  if ('value' in received) return received.value;
  if ('broken' in received) throw received.broken;
  return restoreCapture(received.captured, received.hold);
}

/**
 * Discards a message that has been read, or that no process will ever read; also one that a process was
 * discarding when it died.
 */
export function discardMessage(found: Found): void {
  if (found.tag !== CAPTURED) return;
  const { bytes } = block();
  const count = bytes.readInt32LE(found.offset);
  for (let at = found.offset + 4; at < found.offset + 4 + count * 4; at += 4) {
    const offset = bytes.readInt32LE(at);
    if (offset === 0) continue;
    bytes.writeInt32LE(0, at);
    unpin(offset);
  }
}

let views: { bytes: Buffer; f64: Float64Array } | undefined;

/** The shared memory as Buffer (for its methods) and as numbers. */
function block(): { bytes: Buffer; f64: Float64Array } {
  if (views === undefined) {
    const { buffer } = programMemory().u8;
    views = { bytes: Buffer.from(buffer), f64: new Float64Array(buffer) };
  }
  return views;
}

let requireForMessages: NodeJS.Require | undefined;

/**
 * Says where functions and classes that arrive look up their modules; otherwise that is the working
 * directory.
 */
export function resolveMessagesWith(require: NodeJS.Require): void {
  requireForMessages = require;
}

let workOfPool: number | undefined;

/** Calls `put`: what it puts is part of that work of a pool. */
export function asPartOf(work: number, put: () => void): void {
  workOfPool = work;
  try {
    put();
  } finally {
    workOfPool = undefined;
  }
}

// Capture is loaded when the first message needs it: most programs send plain values only.
function encodeCapture(value: unknown): Message {
  const { capture } = require('../capture/capture') as typeof import('../capture/capture');
  const { encodeCaptured } = require('../capture/encode') as typeof import('../capture/encode');
  const captured = capture(value, { root: 'item', work: workOfPool });
  const pinned = offsetsIn(captured);
  const body = encodeCaptured(captured);
  beginWriting();
  writeInt32(pinned.length);
  // The process that puts the message fills them in.
  for (const _ of pinned) writeInt32(0);
  writeBytes(body);
  return { tag: CAPTURED, bytes: written(), pinned, hold: hold(pinned) };
}

function restoreCapture(bytes: Buffer, held: number): unknown {
  const { restore } = require('../capture/restore/restore') as typeof import('../capture/restore/restore');
  const { decodeCaptured } = require('../capture/encode') as typeof import('../capture/encode');
  const pinned = pinnedIn(bytes);
  try {
    requireForMessages ??= createRequire(join(currentFolder(), '[program]'));
    return restore(decodeCaptured(bytes.subarray(4 + pinned.length * 4)), requireForMessages);
  } finally {
    // By now the restored things have references of their own.
    letGo(held);
  }
}

function offsetsIn(captured: Captured): number[] {
  const offsets: number[] = [];
  for (const node of captured.nodes) {
    if (node.type === 'handle' && typeof node.handle.offset === 'number') offsets.push(node.handle.offset);
  }
  return offsets;
}

function pinnedIn(bytes: Buffer): number[] {
  return Array.from({ length: bytes.readInt32LE(0) }, (_, i) => bytes.readInt32LE(4 + i * 4));
}
