// How many times a second can a lock be taken and released when nobody else wants it?
import { Lock } from '../src/index';
import { compare } from './beside-python';

const TIMES = 500_000;
const lock = new Lock();

function blocking(): number {
  const began = performance.now();
  for (let i = 0; i < TIMES; i++) {
    lock.acquireSync();
    lock.release();
  }
  return rate(began);
}

async function awaited(): Promise<number> {
  const began = performance.now();
  for (let i = 0; i < TIMES; i++) {
    await lock.acquire();
    lock.release();
  }
  return rate(began);
}

function rate(began: number): number {
  return (TIMES / (performance.now() - began)) * 1000;
}

compare('lock_speed.py', [
  { name: 'acquireSync + release', unit: 'pairs/s', ours: blocking, python: [] },
  { name: 'await acquire + release', unit: 'pairs/s', ours: awaited, python: [] },
]);
