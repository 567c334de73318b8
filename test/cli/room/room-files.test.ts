// The files of a room, where they cannot be made.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeRoomFiles } from '../../../kernel/cli/room/room-files';

test('a room whose folder cannot be made is told in a sentence', () => {
  const before = process.env.XDG_DATA_HOME;
  const folder = mkdtempSync(join(tmpdir(), 'parlab-room-'));
  const file = join(folder, 'file');
  writeFileSync(file, '');
  process.env.XDG_DATA_HOME = file;
  try {
    assert.throws(() => writeRoomFiles({ name: 'room1', host: '127.0.0.1', port: 4222 }), {
      name: 'CliError',
      message: /room1 cannot be made \(.*\): choose another place\.$/,
    });
  } finally {
    if (before === undefined) delete process.env.XDG_DATA_HOME;
    else process.env.XDG_DATA_HOME = before;
    rmSync(folder, { recursive: true });
  }
});
