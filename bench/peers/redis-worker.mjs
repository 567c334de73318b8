// A worker of BullMQ for redis.mjs, one job at a time. Arguments: the port; all, or count.
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';

const [port, kind] = process.argv.slice(2);
const connection = { host: '127.0.0.1', port: Number(port), maxRetriesPerRequest: null };
const redis = new Redis(connection);
let count = 0;

const jobs = {
  tiny: ({ n }) => n + 1,
  heavy({ n }) {
    const began = performance.now();
    let x = 0;
    for (let i = 0; i < 30_000_000; i++) x = (x * 31 + i + n) | 0;
    return x === 0.5 ? 0 : performance.now() - began;
  },
  // JSON has no bytes.
  large: ({ n }) => Buffer.alloc(2 ** 20, n).toString('base64'),
  long({ n }) {
    const end = Date.now() + 100;
    while (Date.now() < end);
    return n * 2;
  },
  count() {
    redis.rpush(`counted ${++count}`, 1);
  },
};

const concurrency = kind === 'count' ? 64 : 1;
const worker = new Worker('work', async ({ name, data }) => jobs[name](data), { connection, concurrency });
await worker.waitUntilReady();
console.log('ready');
