// How quickly are all orders of a program told, and how soon is the first answer there?
import { explore, Lock, Process, RawValue } from '../src/index';
import type { Case, Question } from './question';

const ROUNDS = 20;

async function run(targets: readonly (() => unknown)[], result: () => unknown): Promise<unknown> {
  const all = targets.map((target) => new Process({ target }));
  for (const each of all) each.start();
  for (const each of all) await each.join();
  return result();
}

/** Two processes with six operations each: 924 orders. */
function increments(): () => Promise<unknown> {
  const counter = new RawValue('int32', 0);
  const increment = () => {
    for (let i = 0; i < 3; i++) counter.value = counter.value + 1;
  };
  return () => run([increment, increment], () => counter.value);
}

function philosophers(count: number): () => Promise<unknown> {
  const forks = Array.from({ length: count }, () => new Lock());
  const eat = (left: Lock, right: Lock) => async () => {
    await left.acquire();
    await right.acquire();
    right.release();
    left.release();
  };
  return () =>
    run(
      forks.map((fork, i) => eat(fork, forks[(i + 1) % count] as Lock)),
      () => undefined,
    );
}

async function timed(program: () => unknown): Promise<number> {
  const began = performance.now();
  await explore(program);
  return performance.now() - began;
}

const cases: Case[] = [
  {
    name: 'orders of 2 × 6 operations',
    unit: 'orders/s',
    better: 'more',
    goals: [{ is: 'at least', value: 20_000 }],
    beside: [],
    async measure() {
      // A program that is the same as the one before is learnt already.
      await explore(increments());
      let ms = 0;
      let orders = 0n;
      for (let round = 0; round < ROUNDS; round++) {
        const found = await explore(increments(), { seed: round });
        ms += found.cost.ms;
        orders += found.orders;
      }
      return (Number(orders) / ms) * 1000;
    },
  },
  {
    name: 'the first explore() of a program',
    unit: 'ms',
    better: 'less',
    goals: [{ is: 'at most', value: 600 }],
    beside: [],
    async measure() {
      // As in a notebook, where a process was made before.
      new Process();
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return timed(increments());
    },
  },
  {
    name: 'the next one',
    unit: 'ms',
    better: 'less',
    goals: [{ is: 'at most', value: 20 }],
    beside: [],
    async measure() {
      const counter = new RawValue('int32', 0);
      const increment = () => {
        counter.value = counter.value + 1;
      };
      const lostUpdate = () => run([increment, increment], () => counter.value);
      await explore(lostUpdate);
      return timed(lostUpdate);
    },
  },
  {
    name: '5 philosophers: 66,468,720 orders',
    unit: 'ms',
    better: 'less',
    goals: [{ is: 'at most', value: 1000 }],
    beside: [],
    async measure() {
      await explore(increments());
      return timed(philosophers(5));
    },
  },
];

export const exploring: Question = {
  name: 'explore',
  title: 'Every order',
  note: 'Nobody else tells every order of a program of processes, so there is nothing beside it.',
  cases,
};
