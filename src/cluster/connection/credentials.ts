// Who this program is to a broker: from files and the environment alone. What is read here goes to the broker
// and nowhere else.
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Authenticator, type ConnectionOptions, nkeyAuthenticator } from '@nats-io/transport-node';
import { RoomError } from '../../errors';
import { isLoopback, type Place } from '../address';

type Environment = Readonly<Record<string, string | undefined>>;
type Credentials = Pick<ConnectionOptions, 'token' | 'user' | 'pass' | 'tls'> & {
  authenticator?: Authenticator;
};

/** Where `parlab room` keeps the key of a room that it opened on this computer. */
function ownKeyFile(room: string): string {
  return join(roomFolder(room), 'key');
}

export function roomFolder(room: string): string {
  const data = process.env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share');
  return join(data, 'parlab', 'rooms', room);
}

export function credentialsOf(place: Place, env: Environment = process.env): Credentials {
  return { ...identityOf(place, env), ...tlsOf(place, env) };
}

function identityOf(place: Place, env: Environment): Credentials {
  const seed = secretIn('PARLAB_NKEY_FILE', env);
  if (seed !== undefined) return { authenticator: nkeyAuthenticator(new TextEncoder().encode(seed)) };
  const { PARLAB_USER: user, PARLAB_PASSWORD: password } = env;
  if (user) return { user, pass: secretIn('PARLAB_PASSWORD_FILE', env) ?? password ?? '' };
  const token = secretIn('PARLAB_TOKEN_FILE', env) ?? env.PARLAB_TOKEN ?? ownKey(place);
  return token ? { token } : {};
}

function tlsOf({ isTls }: Place, env: Environment): Credentials {
  const { PARLAB_CA: caFile, PARLAB_CERT: certFile, PARLAB_KEY: keyFile } = env;
  for (const name of ['PARLAB_CA', 'PARLAB_CERT', 'PARLAB_KEY']) checkReadable(name, env[name]);
  if (!isTls && !caFile) return {};
  return { tls: { ...(caFile && { caFile }), ...(certFile && { certFile }), ...(keyFile && { keyFile }) } };
}

/** Somebody who opened the room on this computer need not say where its key is. */
function ownKey({ servers, room }: Place): string | undefined {
  const file = ownKeyFile(room);
  if (!servers.every(isLoopback) || !existsSync(file)) return undefined;
  return readFileSync(file, 'utf8').trim();
}

function secretIn(variable: string, env: Environment): string | undefined {
  const file = env[variable];
  if (!file) return undefined;
  checkReadable(variable, file);
  return readFileSync(file, 'utf8').trim();
}

function checkReadable(variable: string, file: string | undefined): void {
  if (!file) return;
  try {
    readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new RoomError(`${variable} names the file ${file}, which cannot be read (${code}).`);
  }
}
