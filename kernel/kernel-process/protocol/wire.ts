// Frames ↔ messages, and nothing else: no socket, no clock, no state. What comes in is not trusted until its
// signature holds.

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Dictionary } from './shape';
import { dictionary, maybe, object, otherwise, text } from './shape';

/** From here on it pays to encode a text once, and not for its signature and for its socket. */
const LONG_TEXT = 64 * 1024;

/** How deep a header may be; those that front ends write have one level. */
const HEADER_LEVELS = 100;

const DELIMITER = Buffer.from('<IDS|MSG>');

export class WireError extends Error {
  override readonly name = 'WireError';
}

export interface Header {
  msg_id: string;
  session: string;
  username: string;
  date: string;
  msg_type: string;
  version: string;
  /** The queue of a request to another one than the main queue. */
  subshell_id?: string | null | undefined;
}

/**
 * A message as a whole: `identities` is the route back to the front end that sent it, or the topic on iopub.
 */
export interface Message {
  identities: Buffer[];
  header: Header;
  /** The header of the request; empty if the message answers none. */
  parent: Header | Record<string, never>;
  metadata: Dictionary;
  content: Dictionary;
  buffers: Buffer[];
}

/**
 * How messages are signed: the `signature_scheme` and the `key` of a connection file. An empty key signs
 * nothing.
 */
export interface Seal {
  algorithm: string;
  key: string;
}

export function sign(seal: Seal, parts: readonly (string | Buffer)[]): string {
  if (seal.key === '') return '';
  const hmac = createHmac(seal.algorithm, seal.key);
  for (const part of parts) hmac.update(part);
  return hmac.digest('hex');
}

export function pack(message: Message, seal: Seal): (string | Buffer)[] {
  const parts = [message.header, message.parent, message.metadata, message.content].map((part) => {
    const json = wellFormed(JSON.stringify(part));
    return json.length > LONG_TEXT ? Buffer.from(json) : json;
  });
  return [...message.identities, DELIMITER, sign(seal, parts), ...parts, ...message.buffers];
}

/**
 * Writes U+FFFD in place of each half of a surrogate pair, in keys as in values: UTF-8 has no bytes for one,
 * and no notebook that holds one can be saved. JSON writes one as an escape, and a whole pair as it is.
 */
function wellFormed(json: string): string {
  if (!json.includes('\\ud')) return json;
  // Every escape is looked at, so that the second backslash of `\\\\ud83d` begins none.
  return json.replace(/\\(?:ud[0-9a-f]{3}|.)/g, (found) => (found.length > 2 ? '\ufffd' : found));
}

/** Frames whose signature holds; what they say is still unread. */
interface SignedFrames {
  identities: Buffer[];
  signature: string;
  parts: Buffer[];
  buffers: Buffer[];
}

export function verify(frames: readonly Buffer[], seal: Seal): SignedFrames {
  const at = frames.findIndex((frame) => frame.equals(DELIMITER));
  if (at < 0) throw new WireError('no <IDS|MSG> frame');
  const signature = frames[at + 1];
  const parts = frames.slice(at + 2, at + 6);
  if (!signature || parts.length < 4) throw new WireError(`4 signed frames expected, ${parts.length} came`);
  const expected = Buffer.from(sign(seal, parts));
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) {
    throw new WireError('wrong signature');
  }
  return {
    identities: frames.slice(0, at),
    signature: signature.toString('latin1'),
    parts,
    buffers: frames.slice(at + 6),
  };
}

const headerShape = object({
  msg_id: text,
  session: otherwise(text, ''),
  username: otherwise(text, ''),
  date: otherwise(text, ''),
  msg_type: text,
  version: otherwise(text, '5.0'),
  subshell_id: maybe(text),
});

export function parse(frames: SignedFrames): Message {
  const [header, parent, metadata, content] = frames.parts.map(parseJson);
  const known = headerShape(header, 'header');
  return {
    identities: frames.identities,
    // A reply carries the header as it came, with fields that we do not know.
    header: { ...(isNestedBelow(header, HEADER_LEVELS) && dictionary(header, 'header')), ...given(known) },
    // What some languages make of an empty map.
    parent: dictionary(parent ?? {}, 'parent_header') as Message['parent'],
    metadata: dictionary(metadata ?? {}, 'metadata'),
    content: dictionary(content, 'content'),
    buffers: frames.buffers,
  };
}

/**
 * JSON.parse() reads lists in lists of any depth; JSON.stringify() does not write them, and no reply could
 * carry such a header.
 */
function isNestedBelow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isNestedBelow(inner, levels - 1));
}

/** Returns the fields without those that are missing. */
function given<T extends object>(known: T): T {
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)) as T;
}

function parseJson(frame: Buffer): unknown {
  try {
    return JSON.parse(frame.toString('utf8'));
  } catch (error) {
    throw new WireError(`a frame is not JSON (${(error as Error).message})`);
  }
}
