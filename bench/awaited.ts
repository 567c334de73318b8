// What do locks and queues cost as programs use them: awaited, and not so often that V8 has compiled everything before?
import { Lock, Process, Queue } from '../src/index';
import { python } from './contenders';
import type { Case, Question } from './question';
import { times } from './quick';

const PAIRS = times(100_000);
const PYTHON = 'awaited_speed.py';
const COLD =
  'a part of the time goes to V8, which compiles what steps so often; Python’s locks and queues are C, and ready at the first call.';

async function pairs(): Promise<number> {
  const lock = new Lock();
  const began = performance.now();
  for (let i = 0; i < PAIRS; i++) {
    await lock.acquire();
    lock.release();
  }
  return PAIRS / ((performance.now() - began) / 1000);
}

interface Messages {
  value: unknown;
  count: number;
  atLeast: number;
}

const kinds: Record<string, Messages> = {
  'short text': { value: 'a short text', count: times(20_000), atLeast: 4 },
  'nested object': {
    value: { id: 12345, name: 'task number 5', args: [1, 2, 3], nested: { a: 1.5, b: null } },
    count: times(20_000),
    atLeast: 4,
  },
  '64 KiB': { value: new Uint8Array(2 ** 16).fill(1), count: times(5000), atLeast: 3 },
};

async function produce(queue: Queue<unknown>, value: unknown, count: number): Promise<void> {
  for (let i = 0; i < count; i++) await queue.put(value);
}

async function throughput({ value, count }: Messages): Promise<number> {
  const queue = new Queue<unknown>();
  const producer = new Process({ target: produce, args: [queue, value, count] });
  producer.start();
  // The first one tells that the producer has started, which is not the question here.
  await queue.get();
  const began = performance.now();
  for (let i = 1; i < count; i++) await queue.get();
  const seconds = (performance.now() - began) / 1000;
  await producer.join();
  return (count - 1) / seconds;
}

export const awaited: Question = {
  name: 'awaited',
  title: 'How many locks and messages a second, awaited and without getting warm?',
  note: `${PAIRS.toLocaleString('en')} pairs and at most 20,000 messages, from the first: \`await lock.acquire()\`, \`await queue.put()\`, \`await queue.get()\`. Python’s ways block.`,
  cases: [
    {
      name: 'lock',
      unit: 'pairs/s',
      better: 'more',
      measure: pairs,
      beside: [python(PYTHON, ['lock', PAIRS])],
      goals: [{ beside: 'Python', is: 'at least', value: 0.8, ifMissed: COLD }],
    },
    ...Object.entries(kinds).map(
      ([name, messages]): Case => ({
        name,
        unit: 'messages/s',
        better: 'more',
        measure: () => throughput(messages),
        beside: [python(PYTHON, [name, messages.count])],
        goals: [{ beside: 'Python', is: 'at least', value: messages.atLeast, ifMissed: COLD }],
      }),
    ),
  ],
};
