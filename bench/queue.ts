// How many messages a second go from one process to another through a queue?
import { Process, Queue } from '../src/index';
import { python } from './contenders';
import type { Case, Question } from './question';
import { times } from './quick';

interface Messages {
  value: unknown;
  count: number;
  maxsize: number;
  atLeast: number;
}

const MIB = 2 ** 20;
const MEMORY =
  'the time goes to memory, not to the queue: pages touched for the first time, and cache lines fetched from the other core; ' +
  'it changes with where the host puts the processors (see decisions/speed.md).';
const kinds: Record<string, Messages> = {
  number: { value: 7, count: times(500_000), maxsize: 0, atLeast: 10 },
  object: { value: { id: 1, name: 'abc', ok: true }, count: times(200_000), maxsize: 0, atLeast: 4 },
  'nested object': {
    value: { id: 12345, name: 'task number 5', args: [1, 2, 3], nested: { a: 1.5, b: null } },
    count: times(200_000),
    maxsize: 0,
    atLeast: 4,
  },
  '1 MiB': { value: new Uint8Array(MIB).fill(1), count: times(2000), maxsize: 0, atLeast: 8 },
  '1 MiB, at most 8': { value: new Uint8Array(MIB).fill(1), count: times(2000), maxsize: 8, atLeast: 8 },
};

function produce(queue: Queue<unknown>, value: unknown, count: number): void {
  for (let i = 0; i < count; i++) queue.putSync(value);
}

async function throughput({ value, count, maxsize }: Messages): Promise<number> {
  const queue = new Queue<unknown>(maxsize);
  const producer = new Process({ target: produce, args: [queue, value, count] });
  producer.start();
  // The first one tells that the producer has started, which is not the question here.
  queue.getSync();
  const began = performance.now();
  for (let i = 1; i < count; i++) queue.getSync();
  const seconds = (performance.now() - began) / 1000;
  await producer.join();
  return (count - 1) / seconds;
}

export const queue: Question = {
  name: 'queue',
  title: 'How many messages a second go from one process to another through a queue?',
  note: '`putSync` in one process and `getSync` in another. Python sends a tenth as many: it needs no time to get warm.',
  cases: Object.entries(kinds).map(
    ([name, messages]): Case => ({
      name,
      unit: 'messages/s',
      better: 'more',
      measure: () => throughput(messages),
      beside: [python('queue_speed.py', [name, Math.ceil(messages.count / 10), messages.maxsize])],
      goals: [{ beside: 'Python', is: 'at least', value: messages.atLeast, ifMissed: MEMORY }],
    }),
  ),
};
