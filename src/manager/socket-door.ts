// How another program finds the server of a manager: at an address, with a key. When both sides have shown
// the key each says who it is, and the connection becomes a channel.
import { SocketError } from '../errors';
import { myIdentity } from '../identity/identity';
import type { Address } from '../socket/address';
import type { AuthKey } from '../socket/challenge';
import { type ClientOptions, Client as connectTo } from '../socket/client';
import { HANDSHAKE_MS, Listener } from '../socket/listener';
import type { SocketConnection } from '../socket/socket-connection';
import { introductionIn, replyIn, requestIn } from './border';
import { Client } from './caller';
import type { ConnectionHolders, Holdings } from './connection-holders';
import type { Dropped, Introduction, Reply, Request, Ticket } from './conversation';
import { Link } from './link';
import type { Types } from './managed-type';
import { RemoteReferences } from './remote-references';
import type { Server } from './server';
import { type Exchange, SocketChannel } from './socket-channel';

export interface Place {
  address: Address | undefined;
  authkey: AuthKey;
}

/** Where a server listens for other programs. */
export class SocketDoor implements Disposable {
  readonly #listener: Listener;
  readonly #name: string;
  readonly #connections = new Set<SocketConnection>();

  /** `name`: the server's, for those who lose it. */
  static async open({ address, authkey }: Place, name: string): Promise<SocketDoor> {
    return new SocketDoor(await Listener(address, { authkey }), name);
  }

  private constructor(listener: Listener, name: string) {
    this.#listener = listener;
    this.#name = name;
  }

  get address(): Address {
    return this.#listener.address;
  }

  /** Lets everybody in who has the key, until the door is closed. */
  async serve(server: Server, holders: ConnectionHolders): Promise<void> {
    for (;;) {
      const connection = await this.#listener.accept().catch(() => undefined);
      if (connection === undefined) return;
      void this.#meet(connection, server, holders);
    }
  }

  [Symbol.dispose](): void {
    this.#listener.close();
    // Each sees its end, as if the other side had gone.
    for (const connection of this.#connections) connection.close();
  }

  async #meet(connection: SocketConnection, server: Server, holders: ConnectionHolders): Promise<void> {
    let client: Client;
    this.#connections.add(connection);
    try {
      client = await introduce(connection, this.#name);
    } catch {
      this.#connections.delete(connection);
      return connection.close();
    }
    const holdings = holders.add(server.referents);
    const channel = new SocketChannel<Reply, Request, Ticket>(connection, exchangeOfServer(holdings));
    client.gone.addEventListener('abort', () => {
      this.#connections.delete(connection);
      holders.remove(holdings);
    });
    server.serve(channel, client);
  }
}

/** @throws AuthenticationError, SocketError, TimeoutError: as Client(). */
export async function linkToAddress(
  { address, authkey }: { address: Address; authkey: AuthKey },
  types: Types,
  options: Pick<ClientOptions, 'timeout' | 'signal'>,
): Promise<Link> {
  const connection = await connectTo(address, { ...options, authkey });
  try {
    const server = await introduce(connection, myIdentity().name);
    const references = new RemoteReferences(types, (dropped) => {
      if (!channel.ended()) channel.send(dropped);
    });
    const exchange = exchangeOfClient(references);
    const channel = new SocketChannel<Request | Dropped, Reply, Ticket>(connection, exchange);
    const link = new Link(channel, server);
    references.link = link;
    return link;
  } catch (error) {
    connection.close();
    throw error;
  }
}

async function introduce(connection: SocketConnection, name: string): Promise<Client> {
  const mine: Introduction = { name, pid: process.pid };
  await connection.sendBytes(Buffer.from(JSON.stringify(mine)));
  if (!(await connection.poll(HANDSHAKE_MS))) throw new SocketError('The other side did not say who it is.');
  const bytes = await connection.recvBytes(LONGEST_INTRODUCTION);
  const theirs = introductionIn(parsed(bytes));
  if (theirs === undefined) throw new SocketError('The other side is no manager of this library.');
  return new Client(theirs.name, theirs.pid);
}
const LONGEST_INTRODUCTION = 4096;

/** Undefined for what is no JSON: on the other side may be any program that has the key. */
function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString());
  } catch {
    return undefined;
  }
}

function exchangeOfServer(holdings: Holdings): Exchange<Request, Ticket> {
  return {
    valueName: 'result',
    ticketFor: (object) => holdings.ticketFor(object),
    gave: (tickets) => holdings.gave(tickets),
    redeem: (ticket) => holdings.redeem(ticket),
    messageIn(given) {
      const request = requestIn(given);
      // What it was never given it can only have guessed.
      if (request !== undefined && 'object' in request && !holdings.has(request.object)) return undefined;
      if (request?.type !== 'drop') return request;
      holdings.drop(request);
      return 'heard';
    },
  };
}

function exchangeOfClient(references: RemoteReferences): Exchange<Reply, Ticket> {
  return {
    valueName: 'arguments',
    ticketFor: (object) => references.ticketFor(object),
    gave() {},
    redeem: (ticket) => references.redeem(ticket),
    messageIn: replyIn,
  };
}
