import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { canRun, type FreshCopy, freshCopy } from '../../support/commands/fresh-copy';
import { parlab, runToEnd } from '../../support/commands/parlab';
import { nothingLeft } from '../../support/processes/nothing-left';
import { processesLeft } from '../../support/processes/processes-of';

// A newcomer's first minutes: a fresh clone, an ordinary user, an empty home. The tests build on each other.

const FIRST_START_MS = 8 * 60_000;

interface Started {
  npm: ChildProcess;
  output: () => string;
  url: string;
  token: string;
}

let copy: FreshCopy;
let env: NodeJS.ProcessEnv;
let started: Started | undefined;

before(() => {
  copy = freshCopy();
  const python = process.env.JUPYTER_PYTHON;
  // Where the user may run it, the JupyterLab of these tests spares a download; else set-up makes a .venv.
  const shared = python && canRun(copy, python, ['-c', 'import jupyterlab']);
  env = { ...copy.as.env, ...(shared ? { JUPYTER_PYTHON: python } : {}) };
});
after(async () => {
  if (started) await interrupt(started);
  copy.remove();
  await nothingLeft();
});

/** `npm start` as in a terminal of its own; resolves when JupyterLab answers. */
async function start(port: number): Promise<Started> {
  const begun = Date.now();
  const npm = spawn('npm', ['start', '--', '--no-browser', '--port', String(port)], {
    ...copy.as,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [npm.stdout, npm.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  while (Date.now() - begun < FIRST_START_MS && npm.exitCode === null) {
    const address = /JupyterLab is at (\S+)lab\/tree\/README\.md\?token=(\w+)/.exec(output);
    if (address) {
      return {
        npm,
        output: () => output,
        url: address[1] ?? '',
        token: address[2] ?? '',
      };
    }
    await sleep(50);
  }
  throw new Error(`npm start did not bring JupyterLab up:\n${output}`);
}

/** What Ctrl-C does: the terminal signals the whole foreground group. */
async function interrupt({ npm }: Started): Promise<void> {
  if (npm.exitCode !== null || npm.signalCode !== null) return;
  const exited = once(npm, 'exit');
  if (npm.pid) process.kill(-npm.pid, 'SIGINT');
  await exited;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}

async function ask(path: string): Promise<Response> {
  assert.ok(started);
  return fetch(new URL(path, started.url), { headers: { authorization: `token ${started.token}` } });
}

test('npm start on a fresh clone sets everything up and serves JupyterLab on the given port', async () => {
  const port = await freePort();
  started = await start(port);
  assert.equal(new URL(started.url).port, String(port));
  assert.equal((await ask('lab')).status, 200);
  for (const line of [
    /Installing the npm packages/,
    /Compiling the sources/,
    /JupyterLab 4\.\S+ runs on Python/,
  ]) {
    assert.match(started.output(), line);
  }
});

test('it opens the contents of the tutorial, in a copy of the student’s own', async () => {
  const page = (await (await ask('api/contents/README.md')).json()) as { content: string };
  assert.match(page.content, /^\| 0 \| \[Ready\?\]\(00-ready\.ipynb\) .* \| not begun \|$/m);
  const copied = path.join(copy.root, 'work', '00-ready.ipynb');
  assert.ok(existsSync(copied));
  assert.match(started?.output() ?? '', /Your own copy of the notebooks is in work\//);
});

test('the launcher has TypeScript (ParLab) with its logos', async () => {
  const { kernelspecs } = (await (await ask('api/kernelspecs')).json()) as {
    kernelspecs: Record<string, { spec: { display_name: string }; resources: Record<string, string> }>;
  };
  const { spec, resources } = kernelspecs.parlab ?? assert.fail('no kernelspec parlab');
  assert.equal(spec.display_name, 'TypeScript (ParLab)');
  assert.deepEqual(Object.keys(resources).sort(), ['logo-32x32', 'logo-64x64', 'logo-svg']);
  const logo = await ask(resources['logo-64x64'] ?? '');
  assert.equal(logo.headers.get('content-type'), 'image/png');
});

test('the first notebook runs there', async () => {
  assert.ok(started);
  const notebooks = path.join(copy.root, 'notebooks');
  const first = readdirSync(notebooks).find((name) => name.startsWith('00')) ?? '';
  const ended = await parlab(['check', first, '--server-url', started.url, '--token', started.token], {
    cwd: notebooks,
  });
  assert.match(ended.stdout, /1 of 1 notebook holds/);
});

test('`npx parlab run` runs the cell that README shows, as a script in the checkout', async () => {
  const cell = readFileSync(path.join(copy.root, 'README.md'), 'utf8').match(/^```ts\n(.*?)^```/ms)?.[1];
  const script = path.join(copy.root, 'work', 'greet.ts');
  writeFileSync(script, cell ?? '');
  const run = ['--no-install', 'parlab', 'run', 'work/greet.ts'];
  const { code, stdout, stderr } = await runToEnd('npx', run, copy.as);
  rmSync(script);
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
  assert.equal(stdout.match(/^Hello (Ada|Alan|Grace), I am process \d+$/gm)?.length, 3);
});

test('Ctrl-C ends JupyterLab and everything that it started', async () => {
  assert.ok(started);
  // A kernel that is idle when Ctrl-C comes.
  const body = JSON.stringify({ name: 'parlab' });
  const headers = { authorization: `token ${started.token}` };
  await fetch(new URL('api/kernels', started.url), { method: 'POST', headers, body });
  await interrupt(started);
  assert.match(started.output(), /Ending JupyterLab and its kernels/);
  assert.deepEqual(await processesLeft(copy.root, 2000), []);
});

test('the second start installs and compiles nothing, and changes nothing that the student wrote', async () => {
  // Meanwhile the student has written, and so have we.
  const hers = path.join(copy.root, 'work', '00-ready.ipynb');
  const ours = path.join(copy.root, 'notebooks', '00-ready.ipynb');
  const written = readFileSync(hers, 'utf8').replace('Ready?', 'Ready!');
  writeFileSync(hers, written);
  writeFileSync(ours, readFileSync(ours, 'utf8').replace('Ready?', 'Are you ready?'));
  started = await start(await freePort());
  assert.doesNotMatch(started.output(), /Installing|Compiling/);
  assert.match(started.output(), /There is a newer 00-ready\.ipynb; yours stays\./);
  assert.equal(readFileSync(hers, 'utf8'), written);
  await interrupt(started);
});

test('outside the checkout there is only the compiler’s image, private, and what the package managers keep', () => {
  const expected: Record<string, string[]> = { '.': ['.npm', '.cache'], '.cache': ['pip', 'uv', 'parlab'] };
  for (const [folder, names] of Object.entries(expected)) {
    const place = path.join(copy.home, folder);
    const found = existsSync(place) ? readdirSync(place) : [];
    assert.deepEqual(
      found.filter((name) => !names.includes(name)),
      [],
    );
  }
  const images = path.join(copy.home, '.cache', 'parlab');
  assert.equal(statSync(images).mode & 0o077, 0);
});
