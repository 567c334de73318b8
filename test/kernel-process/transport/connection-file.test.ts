// The file by which Jupyter tells a kernel where to listen.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readConnectionFile, sealOf } from '../../../kernel/kernel-process/transport/connection-file';

const directory = mkdtempSync(join(tmpdir(), 'parlab-connection-'));
after(() => rmSync(directory, { recursive: true }));

const ports = { shell_port: 1, control_port: 2, stdin_port: 3, iopub_port: 4, hb_port: 5 };

function written(content: unknown): string {
  const path = join(directory, 'connection.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

test('A connection file is read with the defaults of the protocol.', () => {
  const connection = readConnectionFile(written({ ...ports, ip: '127.0.0.1', key: 'k', kernel_name: 'x' }));
  assert.deepEqual(connection, {
    ...ports,
    ip: '127.0.0.1',
    key: 'k',
    transport: 'tcp',
    signature_scheme: 'hmac-sha256',
    curve_publickey: undefined,
    curve_secretkey: undefined,
  });
  assert.deepEqual(sealOf(connection), { algorithm: 'sha256', key: 'k' });
});

const wrong: [what: string, path: () => string, sentence: RegExp][] = [
  [
    'that is missing',
    () => join(directory, 'none.json'),
    /none\.json cannot be used: ENOENT.*Jupyter writes this file/,
  ],
  ['that is not JSON', () => written('{'), /cannot be used: .*JSON/],
  [
    'without a port',
    () => written({ ip: 'x' }),
    /connection\.shell_port must be a whole number, not undefined/,
  ],
];
for (const [what, path, sentence] of wrong) {
  test(`A file ${what} is refused in a sentence.`, () => {
    assert.throws(() => readConnectionFile(path()), sentence);
  });
}

test('An unknown signature scheme is refused in a sentence.', () => {
  const connection = readConnectionFile(written({ ...ports, ip: 'x', signature_scheme: 'hmac-nothing' }));
  assert.throws(() => sealOf(connection), /hmac-nothing is unknown here: use hmac-sha256/);
});

test('A connection file that is not there, no JSON, or without a field is told in whole sentences.', () => {
  const files = ['/nowhere/connection.json', written('{'), written({ ...ports })];
  for (const file of files)
    assert.throws(() => readConnectionFile(file), /cannot be used: .*[^.]\. Jupyter writes this file/);
});
