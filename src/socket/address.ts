// Addresses of sockets: [host, port] is AF_INET, a text is AF_UNIX, and one that begins with '\0' has no file
// (Linux).
import { randomBytes } from 'node:crypto';
import { rmdirSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InvalidArgumentError } from '../errors';
import { makeTemporaryFolder } from '../system/temporary-folder';

/** `[host, port]`, the path of a socket, or on Linux '\0name' for a socket without a file. */
export type Address = string | readonly [host: string, port: number];
/** Python's names for the kinds of addresses: `[host, port]`, and paths. */
export type Family = 'AF_INET' | 'AF_UNIX';

const families: readonly Family[] = ['AF_INET', 'AF_UNIX'];
/** What the system has room for in a socket's path. */
const LONGEST_PATH = 107;

export function familyOf(address: Address): Family {
  if (Array.isArray(address)) {
    const [host, port] = address as [unknown, unknown];
    const isPort = typeof port === 'number' && Number.isInteger(port) && port >= 0 && port < 65536;
    if (typeof host === 'string' && isPort && address.length === 2) return 'AF_INET';
  } else if (typeof address === 'string' && address !== '') {
    if (process.platform === 'win32' && !address.startsWith('\\\\.\\pipe\\')) {
      throw new InvalidArgumentError(
        'address',
        "[host, port], or on Windows '\\\\\\\\.\\\\pipe\\\\name'",
        address,
      );
    }
    if (Buffer.byteLength(address) <= LONGEST_PATH) return 'AF_UNIX';
    throw new InvalidArgumentError('address', `a path of at most ${LONGEST_PATH} bytes`, address);
  }
  throw new InvalidArgumentError('address', "[host, port] or a path, such as ['127.0.0.1', 0]", address);
}

export interface Place {
  address: Address;
  /** Removes what is left after the close. */
  remove(): void;
}

/** Chooses where to listen: at the address, or at one that is free. */
export function choosePlace(address: Address | undefined, family: Family | undefined): Place {
  if (family !== undefined && !families.includes(family)) {
    throw new InvalidArgumentError('family', "'AF_INET' or 'AF_UNIX'", family);
  }
  if (address === undefined) {
    const isFile = family !== 'AF_INET' && process.platform !== 'win32';
    return isFile ? placeInPrivateFolder() : { address: ['127.0.0.1', 0], remove() {} };
  }
  const actual = familyOf(address);
  if (family !== undefined && family !== actual) {
    throw new InvalidArgumentError('address', `one of the family ${family}`, address);
  }
  return { address, remove: () => removeFile(address) };
}

export function showAddress(address: Address): string {
  return typeof address === 'string' ? address.replace('\0', '@') : address.join(':');
}

// The folder is 0700, so no other user reaches the socket, whatever the file's own mode.
function placeInPrivateFolder(): Place {
  const name = `s-${randomBytes(4).toString('hex')}`;
  const folder = makeTemporaryFolder('parlab-', LONGEST_PATH - name.length - 1);
  const address = join(folder, name);
  return {
    address,
    remove() {
      removeSocketFile(address);
    },
  };
}

/** Removes the file of a socket, with its folder if that was made for the socket alone. */
export function removeSocketFile(address: Address): void {
  removeFile(address);
  if (typeof address === 'string' && PRIVATE.test(address)) ignoringErrors(() => rmdirSync(dirname(address)));
}
const PRIVATE = /[\\/]parlab-[^\\/]{6}[\\/]s-[0-9a-f]{8}$/;

function removeFile(address: Address): void {
  if (typeof address === 'string' && !address.startsWith('\0')) ignoringErrors(() => unlinkSync(address));
}

function ignoringErrors(act: () => void): void {
  try {
    act();
  } catch {
    // Gone already.
  }
}

/** Returns the address as Node's sockets want it. */
export function whereOf(address: Address): { path: string } | { host: string; port: number } {
  if (typeof address === 'string') return { path: address };
  const [host, port] = address;
  return { host, port };
}
