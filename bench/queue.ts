// How many messages a second go from one process to another through a queue?
import { Process, Queue } from '../src/index';
import { compare, type Measurement } from './beside-python';

const messages: Record<string, { value: unknown; times: number; maxsize: number }> = {
  number: { value: 7, times: 500_000, maxsize: 0 },
  object: { value: { id: 1, name: 'abc', ok: true }, times: 200_000, maxsize: 0 },
  'nested object': {
    value: { id: 12345, name: 'task number 5', args: [1, 2, 3], nested: { a: 1.5, b: null } },
    times: 200_000,
    maxsize: 0,
  },
  '1 MiB': { value: new Uint8Array(2 ** 20).fill(1), times: 1000, maxsize: 0 },
  '1 MiB, at most 8': { value: new Uint8Array(2 ** 20).fill(1), times: 1000, maxsize: 8 },
};

function produce(queue: Queue<unknown>, value: unknown, times: number): void {
  for (let i = 0; i < times; i++) queue.putSync(value);
}

async function throughput(message: (typeof messages)[string]): Promise<number> {
  const { value, times, maxsize } = message;
  const queue = new Queue<unknown>(maxsize);
  const producer = new Process({ target: produce, args: [queue, value, times] });
  producer.start();
  // The first one tells that the producer has started, which is not the question here.
  queue.getSync();
  const began = performance.now();
  for (let i = 1; i < times; i++) queue.getSync();
  const seconds = (performance.now() - began) / 1000;
  await producer.join();
  return (times - 1) / seconds;
}

compare(
  'queue_speed.py',
  Object.entries(messages).map(
    ([name, message]): Measurement => ({
      name,
      unit: 'messages/s',
      ours: () => throughput(message),
      // Ours need more to be warm, and Python's would take minutes for as many.
      python: [name, String(Math.ceil(message.times / 10)), String(message.maxsize)],
    }),
  ),
);
