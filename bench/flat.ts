// Does the cost stay flat: with many processes one after another, with many at once, with millions of messages?
import { readFileSync } from 'node:fs';
import { Barrier, Event, Pool, Process, Queue } from '../src/index';
import { ours, python } from './contenders';
import type { Case, Question } from './question';
import { times } from './quick';

const MANY = times(1000);
const MESSAGES = times(10_000_000);
const ITEMS = times(1_000_000);
const AT_ONCE = times(100);

function nothing(): void {}

async function startAndJoin(processes: number): Promise<void> {
  for (let i = 0; i < processes; i++) {
    const process = new Process({ target: nothing });
    process.start();
    await process.join();
  }
}

async function oneAfterAnother(processes: number): Promise<number> {
  await startAndJoin(2);
  const began = performance.now();
  await startAndJoin(processes);
  return (performance.now() - began) / processes;
}

async function growthByProcesses(): Promise<number> {
  await startAndJoin(MANY / 10);
  const before = residentMiB('self');
  await startAndJoin(MANY);
  return residentMiB('self') - before;
}

async function atOnce(): Promise<number> {
  const end = new Event();
  const gate = new Barrier(AT_ONCE + 1);
  const idle = async (gate: Barrier, end: Event) => {
    await gate.wait();
    await end.wait();
  };
  const children = Array.from({ length: AT_ONCE }, () => new Process({ target: idle, args: [gate, end] }));
  for (const child of children) child.start();
  await gate.wait();
  const mean = children.reduce((sum, { pid }) => sum + proportionalMiB(pid as number), 0) / AT_ONCE;
  end.set();
  for (const child of children) await child.join();
  return mean;
}

const ON_THE_WAY = 10_000;

async function growthByMessages(): Promise<number> {
  const queue = new Queue<number>(ON_THE_WAY);
  const child = new Process({ target: produce, args: [queue, 2 * MESSAGES] });
  child.start();
  for (let i = 0; i < MESSAGES; i++) queue.getSync();
  const before = residentMiB('self') + residentMiB(child.pid as number);
  // The child ends as soon as it has put the last one.
  const left = 2 * ON_THE_WAY;
  for (let i = 0; i < MESSAGES - left; i++) queue.getSync();
  const after = residentMiB('self') + residentMiB(child.pid as number);
  for (let i = 0; i < left; i++) queue.getSync();
  await child.join();
  return after - before;
}

function produce(queue: Queue<number>, count: number): void {
  for (let i = 0; i < count; i++) queue.putSync(i);
}

async function growthByItems(): Promise<number> {
  await using pool = new Pool({ processes: 2 });
  const resident = () => {
    let sum = residentMiB('self');
    for (const { pid } of pool.processes) sum += residentMiB(pid as number);
    return sum;
  };
  let taken = 0;
  let before = 0;
  for await (const _ of pool.imap((x) => x + 1, upTo(2 * ITEMS))) if (++taken === ITEMS) before = resident();
  return resident() - before;
}

function* upTo(count: number): Generator<number> {
  for (let i = 0; i < count; i++) yield i;
}

function residentMiB(pid: number | 'self'): number {
  return kilobytes(`/proc/${pid}/status`, 'VmRSS') / 1024;
}

/** Pages that several processes share are counted in parts. */
function proportionalMiB(pid: number): number {
  return kilobytes(`/proc/${pid}/smaps_rollup`, 'Pss') / 1024;
}

function kilobytes(file: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync(file, 'utf8'))?.[1]);
}

const HEAP =
  'V8 lets its heap grow and collects less often: what is in use after a collection stays at 10 to 11 MiB over five thousand processes.';

const STOCK =
  'the first two find warm processes in stock, which is a fifth of ten and a fiftieth of a hundred.';

const NODE =
  'a forked Node has to begin and to end what Python’s fork does not have: an event loop, its streams, a heap that grows anew.';

function row(processes: number): Case {
  const first = `each of ${MANY / 100} processes`;
  const name = `each of ${processes.toLocaleString('en')} processes`;
  const beside = [python('flat_cost.py', ['one-after-another', processes], 'Python fork')];
  const isFirst = processes === MANY / 100;
  return {
    name,
    unit: 'ms',
    better: 'less',
    ...(isFirst ? {} : { rounds: 1 }),
    measure: () => oneAfterAnother(processes),
    beside: isFirst ? beside : [...beside, ours('flat', first, `ParLab, ${first}`)],
    goals: [
      { beside: 'Python fork', is: 'at most', value: 1.2, ifMissed: NODE },
      ...(isFirst
        ? []
        : [{ beside: `ParLab, ${first}`, is: 'at most', value: 1.2, ifMissed: STOCK } as const]),
    ],
  };
}

export const flat: Question = {
  name: 'flat',
  title: 'Does the cost stay flat?',
  note:
    'Processes: started and joined one after another, without a pause. Memory of an idle process: its proportional share ' +
    '(PSS). Growth: resident memory of all processes of the program, after a first part has been done.',
  cases: [
    ...[MANY / 100, MANY / 10, MANY].map(row),
    {
      name: `growth over ${MANY.toLocaleString('en')} processes`,
      unit: 'MiB',
      better: 'less',
      rounds: 1,
      measure: growthByProcesses,
      beside: [],
      goals: [{ is: 'at most', value: 16, ifMissed: HEAP }],
    },
    {
      name: `memory of each of ${AT_ONCE} idle processes`,
      unit: 'MiB',
      better: 'less',
      rounds: 1,
      measure: atOnce,
      beside: ['fork', 'spawn'].map((method) =>
        python('flat_cost.py', ['at-once', AT_ONCE, method], `Python ${method}`),
      ),
    },
    {
      name: `growth over ${MESSAGES.toLocaleString('en')} messages`,
      unit: 'MiB',
      better: 'less',
      measure: growthByMessages,
      beside: [],
      goals: [{ is: 'at most', value: 16 }],
    },
    {
      name: `growth over ${ITEMS.toLocaleString('en')} items through imap`,
      unit: 'MiB',
      better: 'less',
      measure: growthByItems,
      beside: [],
      goals: [{ is: 'at most', value: 16 }],
    },
  ],
};
