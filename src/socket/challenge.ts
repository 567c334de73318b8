// How two sides show each other that they have the same key without telling it: HMAC of a random challenge,
// both ways.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { AuthenticationError, InvalidArgumentError } from '../errors';

/** A text or bytes that both sides know. */
export type AuthKey = string | Uint8Array;

/** As much of a connection as is needed here. */
interface ByteConnection {
  sendBytes(bytes: Uint8Array): Promise<void>;
  recvBytes(maxLength?: number): Promise<Uint8Array>;
}

const CHALLENGE = Buffer.from('#CHALLENGE#');
const WELCOME = Buffer.from('#WELCOME#');
const FAILURE = Buffer.from('#FAILURE#');
const DIGEST = '{sha256}';
const NONCE_BYTES = 32;
/** No message of this conversation is longer. */
export const LONGEST_CHALLENGE = 256;
/** How many messages come from each side: a challenge, an answer, a welcome. */
export const CHALLENGE_MESSAGES = 3;

export function checkAuthKey(authkey: unknown): asserts authkey is AuthKey {
  if (typeof authkey !== 'string' && !(authkey instanceof Uint8Array)) {
    throw new InvalidArgumentError('authkey', 'a text or bytes', authkey);
  }
}

/**
 * Asks the other side of a connection to prove that it has the key. Python's
 * `multiprocessing.connection.deliver_challenge()`.
 *
 * @throws AuthenticationError if it does not.
 * @example
 * const [asks, proves] = Pipe();
 * const answer = answerChallenge(proves, 'a guess').catch((error) => console.log(error.name));
 * await deliverChallenge(asks, 'a secret'); // throws AuthenticationError: …a wrong answer to the challenge…
 * await answer; // → AuthenticationError
 */
export async function deliverChallenge(connection: ByteConnection, authkey: AuthKey): Promise<void> {
  checkAuthKey(authkey);
  const message = Buffer.concat([Buffer.from(DIGEST), randomBytes(NONCE_BYTES)]);
  await connection.sendBytes(Buffer.concat([CHALLENGE, message]));
  const response = await connection.recvBytes(LONGEST_CHALLENGE);
  const expected = answerTo(message, authkey);
  if (response.length !== expected.length || !timingSafeEqual(response, expected)) {
    await connection.sendBytes(FAILURE);
    throw new AuthenticationError('the other side gave a wrong answer to the challenge');
  }
  await connection.sendBytes(WELCOME);
}

/**
 * Proves to the other side of a connection that this process has the key. Python's
 * `multiprocessing.connection.answer_challenge()`.
 *
 * @throws AuthenticationError if it does not accept.
 * @example
 * const [asks, proves] = Pipe();
 * await Promise.all([deliverChallenge(asks, 'a secret'), answerChallenge(proves, 'a secret')]);
 * console.log('both know it'); // → both know it
 */
export async function answerChallenge(connection: ByteConnection, authkey: AuthKey): Promise<void> {
  checkAuthKey(authkey);
  const bytes = Buffer.from(await connection.recvBytes(LONGEST_CHALLENGE));
  const message = bytes.subarray(CHALLENGE.length);
  const isChallenge = bytes.subarray(0, CHALLENGE.length).equals(CHALLENGE);
  if (!isChallenge || message.length !== DIGEST.length + NONCE_BYTES) {
    throw new AuthenticationError('the other side did not begin with a challenge; does it expect no key?');
  }
  await connection.sendBytes(answerTo(message, authkey));
  if (!Buffer.from(await connection.recvBytes(LONGEST_CHALLENGE)).equals(WELCOME)) {
    throw new AuthenticationError('the other side did not accept the answer to its challenge');
  }
}

function answerTo(message: Uint8Array, authkey: AuthKey): Buffer {
  return Buffer.concat([Buffer.from(DIGEST), createHmac('sha256', authkey).update(message).digest()]);
}
