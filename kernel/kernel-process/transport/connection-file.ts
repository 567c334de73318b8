// Reads the connection file that Jupyter writes for a kernel: where to listen and how messages are signed.

import { getHashes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { CliError } from '../../cli-error';
import { type Described, integer, maybe, object, oneOf, otherwise, text } from '../protocol/shape';
import type { Seal } from '../protocol/wire';

const connectionShape = object({
  transport: otherwise(oneOf('tcp', 'ipc'), 'tcp'),
  ip: text,
  shell_port: integer,
  control_port: integer,
  stdin_port: integer,
  iopub_port: integer,
  hb_port: integer,
  key: otherwise(text, ''),
  signature_scheme: otherwise(text, 'hmac-sha256'),
  /** Both keys of CurveZMQ, in Z85: with them no program connects that has not read this file. */
  curve_publickey: maybe(text),
  curve_secretkey: maybe(text),
});

export type Connection = Described<typeof connectionShape>;

export function readConnectionFile(path: string): Connection {
  try {
    return connectionShape(JSON.parse(readFileSync(path, 'utf8')), 'connection');
  } catch (error) {
    const why = (error as Error).message.replace(/\.$/, '');
    throw new CliError(
      `The connection file ${path} cannot be used: ${why}. Jupyter writes this file when it starts a kernel.`,
    );
  }
}

export function sealOf(connection: Connection): Seal {
  const algorithm = connection.signature_scheme.replace(/^hmac-/, '');
  if (algorithm === connection.signature_scheme || !getHashes().includes(algorithm)) {
    throw new CliError(
      `The signature scheme ${connection.signature_scheme} is unknown here: use hmac-sha256.`,
    );
  }
  return { algorithm, key: connection.key };
}
