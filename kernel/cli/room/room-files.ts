// The files of a room on the computer that opens it: its key, which only its user may read, and what the
// broker keeps.
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { makeFolder } from '../../make-folder';

interface RoomFiles {
  /** The file where programs on this computer look for the key by themselves. */
  readonly keyFile: string;
  readonly configFile: string;
}

interface RoomSettings {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  /** Whether to begin with nothing of what earlier programs left there. */
  readonly clean?: boolean | undefined;
}

/** Returns the folder as the library reads it: src/cluster/connection/credentials.ts. */
export function roomFolder(name: string): string {
  const data = process.env.XDG_DATA_HOME || path.join(homedir(), '.local', 'share');
  return path.join(data, 'parlab', 'rooms', name);
}

/**
 * Writes the key and the broker's settings. The key stays the same from one time to the next: the workers on
 * other computers have a copy. Throws a CliError where the room's folder cannot be made.
 */
export function writeRoomFiles(settings: RoomSettings): RoomFiles {
  const folder = roomFolder(settings.name);
  const store = path.join(folder, 'store');
  makeFolder(folder, 0o700);
  if (settings.clean) rmSync(store, { recursive: true, force: true });
  const keyFile = path.join(folder, 'key');
  if (!existsSync(keyFile)) writeSecret(keyFile, `${randomBytes(24).toString('base64url')}\n`);
  chmodSync(keyFile, 0o600);
  const configFile = path.join(folder, 'nats.conf');
  writeSecret(configFile, configOf(settings, readFileSync(keyFile, 'utf8').trim(), store));
  return { keyFile, configFile };
}

function writeSecret(file: string, text: string): void {
  // Its mode counts only where the file is new.
  rmSync(file, { force: true });
  writeFileSync(file, text, { mode: 0o600 });
}

function configOf({ name, host, port, cert, key }: RoomSettings, token: string, store: string): string {
  const quoted = (text: string) => JSON.stringify(text);
  const lines = [
    `server_name: ${quoted(`parlab-${name}`)}`,
    `listen: ${quoted(`${host}:${port}`)}`,
    'max_payload: 8MB',
    `authorization { token: ${quoted(token)} }`,
    `jetstream { store_dir: ${quoted(store)}, max_memory_store: 256MB, max_file_store: 8GB }`,
  ];
  if (cert !== undefined && key !== undefined) {
    lines.push(`tls { cert_file: ${quoted(path.resolve(cert))}, key_file: ${quoted(path.resolve(key))} }`);
  }
  return `${lines.join('\n')}\n`;
}
