// Where a room is: `nats://host:4222/room`, or `tls://…`. Several hosts, parted by commas, are one cluster of
// brokers. Never who comes: what opens the room is no part of its address.
import { InvalidArgumentError } from '../errors';

export interface Place {
  /** The address, which anybody may read. */
  readonly url: string;
  /** Such as '127.0.0.1:4222'. */
  readonly servers: readonly string[];
  readonly room: string;
  readonly isTls: boolean;
}

const ADDRESS = /^(nats|tls):\/\/([^/?#]+)(?:\/([^?#]*))?$/;
const ROOM = /^[A-Za-z0-9_-]{1,32}$/;
const HOST = /^(?:\[[0-9A-Fa-f:]+\]|[A-Za-z0-9._-]+)(?::\d{1,5})?$/;
const EXAMPLE = "an address such as 'nats://127.0.0.1:4222/room1'";

/** Where a room is: 'nats://127.0.0.1:4222/room1'. */
export type RoomAddress = `nats://${string}` | `tls://${string}`;

export function isRoomAddress(text: unknown): text is RoomAddress {
  return typeof text === 'string' && /^(?:nats|tls):/.test(text);
}

export function placeOf(url: string): Place {
  // Before anything that repeats the address: it would repeat the secret.
  if (url.includes('@') || url.includes('?')) throw new InvalidArgumentError('the address', NO_SECRET, null);
  const match = ADDRESS.exec(url);
  const [, scheme = '', hosts = '', path = ''] = match ?? [];
  const servers = hosts.split(',').map((host) => (/:\d+$/.test(host) ? host : `${host}:4222`));
  if (match === null || !servers.every((server) => HOST.test(server))) {
    throw new InvalidArgumentError('the address', EXAMPLE, url);
  }
  const room = path === '' ? 'main' : path;
  if (!ROOM.test(room)) {
    throw new InvalidArgumentError('the name of the room', 'of at most 32 letters, digits, - and _', room);
  }
  return { url: `${scheme}://${servers.join(',')}/${room}`, servers, room, isTls: scheme === 'tls' };
}

const NO_SECRET =
  'without a key or options, for it is shown and sent: name a file by PARLAB_TOKEN_FILE, or set PARLAB_USER and PARLAB_PASSWORD';

/** Whether what is said to it stays on this computer. */
export function isLoopback(server: string): boolean {
  const host = server.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
