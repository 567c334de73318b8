// What do a lock and a pool cost a program that uses them once?
import { cpuCount, Lock, Pool } from '../src/index';
import { python } from './contenders';
import type { Question } from './question';
import { times } from './quick';

const PAIRS = times(300_000);
const TASKS = 10_000;
const HEAVY = 64;
const TASK_MS = 10;
const PYTHON = 'cold_speed.py';
const processes = cpuCount();
const LOOP = 'until V8 has compiled the loop its interpreter runs it; Python has nothing to compile.';
const FIRST =
  'the first map captures its function, and V8 compiles what a pool does, here and in each worker. Python’s workers have nothing to compile.';
const BEGINNING =
  'a program’s first child is forked from a zygote, which is a whole Node that has to begin and to load ParLab first.';

function pairs(): number {
  const lock = new Lock();
  const began = performance.now();
  for (let i = 0; i < PAIRS; i++) {
    lock.acquireSync();
    lock.release();
  }
  return PAIRS / ((performance.now() - began) / 1000);
}

async function firstMap(): Promise<number> {
  await using pool = new Pool({ processes });
  const items = Array.from({ length: TASKS }, (_, i) => i);
  const began = performance.now();
  await pool.map((x) => x * 2, items);
  return performance.now() - began;
}

async function whole(): Promise<number> {
  const began = performance.now();
  const pool = new Pool({ processes });
  await pool.map(busy, new Array(HEAVY).fill(TASK_MS));
  pool.close();
  await pool.join();
  return performance.now() - began;
}

function busy(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

export const cold: Question = {
  name: 'cold',
  title: 'What does the first use cost?',
  note: 'Without anything to get warm, and with all that V8 has to compile. What it takes to begin a Node or a Python is not counted.',
  cases: [
    {
      name: `the first ${PAIRS.toLocaleString('en')} pairs of acquireSync() and release()`,
      unit: 'pairs/s',
      better: 'more',
      measure: pairs,
      beside: [python(PYTHON, ['lock', PAIRS])],
      goals: [{ beside: 'Python', is: 'at least', value: 2, ifMissed: LOOP }],
    },
    {
      name: `the first map of ${TASKS.toLocaleString('en')} tiny tasks`,
      unit: 'ms',
      better: 'less',
      measure: firstMap,
      beside: [python(PYTHON, ['map', TASKS, processes])],
      goals: [{ beside: 'Python', is: 'at most', value: 1.25, ifMissed: FIRST }],
    },
    {
      name: `new Pool(), map of ${HEAVY} tasks of ${TASK_MS} ms, close()`,
      unit: 'ms',
      better: 'less',
      measure: whole,
      beside: [python(PYTHON, ['whole', HEAVY, processes])],
      goals: [{ beside: 'Python', is: 'at most', value: 1.1, ifMissed: BEGINNING }],
    },
  ],
};
