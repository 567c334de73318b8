// Client: connects to a Listener, of this program or of another.

import { Socket } from 'node:net';
import {
  AuthenticationError,
  InvalidArgumentError,
  ParallelError,
  SocketError,
  TimeoutError,
  WaitAbortedError,
} from '../errors';
import { checkOptionsOf } from '../given';
import { clearTimeout, setTimeout } from '../system/timers';
import { signalsOf, timeoutOf } from '../waiting/wake';
import { type Address, familyOf, showAddress, whereOf } from './address';
import {
  type AuthKey,
  answerChallenge,
  CHALLENGE_MESSAGES,
  checkAuthKey,
  deliverChallenge,
  LONGEST_CHALLENGE,
} from './challenge';
import { HANDSHAKE_MS } from './listener';
import { SocketConnection } from './socket-connection';

/** How to connect. */
export interface ClientOptions {
  /** Must be the listener's, if it has one. */
  authkey?: AuthKey;
  /** Milliseconds for connecting, authentication included. Default: 5000. */
  timeout?: number;
  /** Gives up connecting. */
  signal?: AbortSignal;
}

/**
 * Connects to a Listener of this program or of another. Python's `multiprocessing.connection.Client`.
 *
 * @throws AuthenticationError if the other side has another key, or none.
 * @throws SocketError if no program listens there; TimeoutError if it took too long.
 * @example
 * using listener = await Listener(['127.0.0.1', 0], { authkey: 'a secret' });
 * await Client(listener.address, { authkey: 'a guess' }); // throws AuthenticationError: …Both sides need the same authkey.
 * await Client('/nowhere/socket'); // throws SocketError: Client() cannot connect to /nowhere/socket…
 */
export async function Client<Sent = unknown, Got = Sent>(
  address: Address,
  options: ClientOptions = {},
): Promise<SocketConnection<Sent, Got>> {
  checkOptionsOf('client', options);
  const { authkey, timeout, signal } = options;
  if (authkey !== undefined) checkAuthKey(authkey);
  familyOf(address);
  const timeoutMs = timeoutOf(timeout ?? HANDSHAKE_MS);
  const signals = signalsOf({ signal });
  const before = signals.find((each) => each.aborted);
  if (before !== undefined) throw new WaitAbortedError('Client()', before.reason);
  const socket = new Socket();
  let given: Error | undefined;
  const giveUp = (error: Error) => {
    given ??= error;
    socket.destroy(error);
  };
  const aborted = (event: Event) =>
    giveUp(new WaitAbortedError('Client()', (event.target as AbortSignal).reason));
  for (const each of signals) each.addEventListener('abort', aborted);
  const late = (ms: number) =>
    giveUp(new TimeoutError(`Client(${showAddress(address)})`, ms, 'the other side did not answer'));
  const timer = timeoutMs === undefined ? undefined : setTimeout(late, timeoutMs, timeoutMs);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject).connect(whereOf(address), resolve);
    });
    const connection = new SocketConnection<Sent, Got>(socket);
    if (authkey !== undefined) {
      connection.limitNext(CHALLENGE_MESSAGES, LONGEST_CHALLENGE);
      await answerChallenge(connection, authkey);
      await deliverChallenge(connection, authkey);
    }
    return connection;
  } catch (error) {
    socket.destroy();
    throw given ?? whyNot(error, address);
  } finally {
    clearTimeout(timer);
    for (const each of signals) each.removeEventListener('abort', aborted);
  }
}

/** The error as the program is told it. */
function whyNot(error: unknown, address: Address): unknown {
  if (error instanceof AuthenticationError || error instanceof InvalidArgumentError) return error;
  if (error instanceof ParallelError) {
    return new AuthenticationError('the other side closed the connection before both had shown their key');
  }
  const { message } = error as Error;
  return new SocketError(`Client() cannot connect to ${showAddress(address)}: ${message}.`, { cause: error });
}
