// Listener: where other programs connect to this one, as Python's multiprocessing.connection.Listener.

import { createServer, type Server, type Socket } from 'node:net';
import { SocketError, WaitAbortedError } from '../errors';
import { checkOptionsOf } from '../given';
import { process } from '../system/node-process';
import { also, showAs } from '../system/show-as';
import { clearTimeout, setTimeout } from '../system/timers';
import { signalsOf, timeoutOf } from '../waiting/wake';
import { type Address, choosePlace, type Family, type Place, showAddress, whereOf } from './address';
import {
  type AuthKey,
  answerChallenge,
  CHALLENGE_MESSAGES,
  checkAuthKey,
  deliverChallenge,
  LONGEST_CHALLENGE,
} from './challenge';
import { SocketConnection } from './socket-connection';

/** How long a client may take that connects and sends nothing. */
export const HANDSHAKE_MS = 5000;

/** How to listen. */
export interface ListenerOptions {
  /** Which kind of address to choose when none is given. Default: a socket file in a private folder. */
  family?: Family;
  /** How many connections the system keeps waiting while the program is busy. Default: Node's, 511. */
  backlog?: number;
  /**
   * The key that a program must have to be let in. Without one, every program that reaches the address is.
   */
  authkey?: AuthKey;
  /** Milliseconds for a new connection to prove that it has the key. Default: 5000. */
  timeout?: number;
}

interface Acceptance {
  connection: SocketConnection;
  from: Address | undefined;
}

/**
 * Listens for connections of other programs at an address: `[host, port]` (port 0: any that is free), the
 * path of a socket, or on Linux '\0name' for a socket without a file. Without an address it chooses one.
 * Python's `multiprocessing.connection.Listener`.
 *
 * @throws SocketError if the address is taken or cannot be had; InvalidArgumentError if it is none.
 * @example
 * using listener = await Listener(['127.0.0.1', 0], { authkey: 'a secret' });
 * const sayHello = async (address: Address) => {
 *   using connection = await Client(address, { authkey: 'a secret' });
 *   await connection.send('hello');
 * };
 * new Process({ target: sayHello, args: [listener.address] }).start();
 * using connection = await listener.accept();
 * console.log(await connection.recv()); // → hello
 */
export async function Listener(address?: Address, options: ListenerOptions = {}): Promise<Listener> {
  checkOptionsOf('listener', options);
  const { family, backlog, authkey, timeout } = options;
  if (authkey !== undefined) checkAuthKey(authkey);
  const place = choosePlace(address, family);
  const server = createServer();
  const where = { ...whereOf(place.address), ...(backlog !== undefined && { backlog }), exclusive: true };
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(where, resolve);
    });
  } catch (error) {
    // The file at a given address is another listener's.
    if (address === undefined) place.remove();
    throw new SocketError(
      `Nothing can listen at ${showAddress(place.address)}: ${(error as Error).message}.`,
      {
        cause: error,
      },
    );
  }
  return new OpenListener(server, place, {
    authkey,
    handshakeMs: timeoutOf(timeout ?? HANDSHAKE_MS),
  });
}

/** What Listener() resolves to. */
export type Listener = OpenListener;

interface Manner {
  authkey: AuthKey | undefined;
  /** Undefined: for ever. */
  handshakeMs: number | undefined;
}

class OpenListener implements Disposable {
  readonly #server: Server;
  readonly #place: Place;
  readonly #manner: Manner;
  readonly #accepted: Acceptance[] = [];
  readonly #waiting: ((acceptance: Acceptance | undefined) => void)[] = [];
  readonly #strangers = new Set<SocketConnection>();
  #lastAccepted: Address | undefined;
  #isClosed = false;

  constructor(server: Server, place: Place, manner: Manner) {
    this.#server = server;
    this.#place = place;
    this.#manner = manner;
    server.unref();
    server.on('connection', (socket: Socket) => void this.#meet(socket));
    // An error such as too many open files ends nothing: those who are connected go on.
    server.on('error', () => {});
    process.once('exit', this.#remove);
  }

  /** The address where it really listens: with the port that the system chose. */
  get address(): Address {
    const bound = this.#server.address();
    if (typeof bound !== 'object' || bound === null) return this.#place.address;
    return [bound.address, bound.port];
  }

  /**
   * The address of the one who was accepted last; undefined for sockets of the family AF_UNIX, which have
   * none.
   */
  get lastAccepted(): Address | undefined {
    return this.#lastAccepted;
  }

  /**
   * Resolves to the next connection whose other side has the key. One that has not is closed, and told why;
   * it does not disturb those who wait here.
   *
   * @throws SocketError after close(); WaitAbortedError when `signal` is aborted.
   */
  async accept<Sent = unknown, Got = Sent>(
    options: { signal?: AbortSignal } = {},
  ): Promise<SocketConnection<Sent, Got>> {
    checkOptionsOf('signal', options);
    const { signal } = options;
    if (this.#isClosed) throw this.#closedError();
    const acceptance = this.#accepted.shift() ?? (await this.#next(signalsOf({ signal })));
    if (acceptance === undefined) throw this.#closedError();
    this.#lastAccepted = acceptance.from;
    return acceptance.connection as unknown as SocketConnection<Sent, Got>;
  }

  /** Stops listening, and removes the socket's file. Connections that were accepted live on. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#server.close();
    process.removeListener('exit', this.#remove);
    this.#remove();
    for (const { connection } of this.#accepted.splice(0)) connection.close();
    for (const stranger of this.#strangers) stranger.close();
    for (const tell of this.#waiting.splice(0)) tell(undefined);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  readonly #remove = () => this.#place.remove();

  /** Each connection is met on its own, so that one that says nothing keeps no other waiting. */
  async #meet(socket: Socket): Promise<void> {
    const from: Address | undefined =
      socket.remoteAddress === undefined ? undefined : [socket.remoteAddress, socket.remotePort ?? 0];
    const { authkey, handshakeMs } = this.#manner;
    const connection = new SocketConnection(socket);
    if (authkey !== undefined) {
      this.#strangers.add(connection);
      const timer = handshakeMs === undefined ? undefined : setTimeout(() => socket.destroy(), handshakeMs);
      try {
        connection.limitNext(CHALLENGE_MESSAGES, LONGEST_CHALLENGE);
        await deliverChallenge(connection, authkey);
        await answerChallenge(connection, authkey);
      } catch {
        connection.close();
        return;
      } finally {
        clearTimeout(timer);
        this.#strangers.delete(connection);
      }
    }
    if (this.#isClosed) return connection.close();
    const tell = this.#waiting.shift();
    if (tell === undefined) this.#accepted.push({ connection, from });
    else tell({ connection, from });
  }

  #next(signals: AbortSignal[]): Promise<Acceptance | undefined> {
    return new Promise((resolve, reject) => {
      const given = signals.find(({ aborted }) => aborted);
      if (given !== undefined) return reject(new WaitAbortedError('Listener.accept()', given.reason));
      const stop = () => {
        for (const each of signals) each.removeEventListener('abort', aborted);
        if (this.#waiting.length === 0) this.#server.unref();
      };
      const tell = (acceptance: Acceptance | undefined) => {
        stop();
        resolve(acceptance);
      };
      const aborted = (event: Event) => {
        this.#waiting.splice(this.#waiting.indexOf(tell), 1);
        stop();
        reject(new WaitAbortedError('Listener.accept()', (event.target as AbortSignal).reason));
      };
      for (const each of signals) each.addEventListener('abort', aborted);
      this.#waiting.push(tell);
      this.#server.ref();
    });
  }

  #closedError(): SocketError {
    return new SocketError(`The listener at ${showAddress(this.#place.address)} is closed.`);
  }

  static {
    showAs(
      OpenListener.prototype,
      (listener: OpenListener) =>
        `<Listener at ${showAddress(listener.#place.address)}${also(listener.#isClosed, 'closed')}>`,
    );
  }
}
