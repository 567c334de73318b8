// Ten kinds of work that keep a processor busy for a tenth of a second or so, as programs write them.
import { readFileSync } from 'node:fs';
import type { Queue } from '../src/index';

const STEPS = 3_000_000;
const PRIME = 1_000_003;

function numbers(): number {
  let total = 0;
  for (let i = 1; i < 3 * STEPS; i++) total = (total + ((i * i) ^ (i >> 3))) % PRIME;
  return total;
}

function strings(): number {
  let text = '';
  let sum = 0;
  for (let i = 0; i < STEPS; i++) {
    text += String.fromCharCode(97 + (i % 26));
    if (text.length <= 2000) continue;
    sum += text.split('m').join('n').lastIndexOf('q');
    text = text.slice(1900);
  }
  return sum;
}

function maps(): number {
  const map = new Map<number, number>();
  for (let i = 0; i < STEPS; i++) {
    const key = (i * 7919) % 100_003;
    map.set(key, (map.get(key) ?? 0) + 1);
  }
  return map.size;
}

function sorting(): number {
  let x = 1;
  let sum = 0;
  for (let round = 0; round < 3; round++) {
    const list = Array.from({ length: 100_000 }, () => {
      x = (x * 48_271) % 2_147_483_647;
      return x;
    });
    sum += list.sort((a, b) => a - b)[1000] ?? 0;
  }
  return sum;
}

function json(): number {
  const rows = Array.from({ length: 2000 }, (_, i) => ({
    id: i,
    name: `row ${i}`,
    tags: ['a', 'b'],
    at: { x: i / 3, y: null },
  }));
  let sum = 0;
  for (let round = 0; round < 50; round++) sum += JSON.parse(JSON.stringify(rows)).length;
  return sum;
}

function regularExpressions(): number {
  const text = 'The quick brown fox, 12-34-5678, jumps over 2026-11-30. '.repeat(200);
  let sum = 0;
  for (let round = 0; round < 700; round++) {
    for (const [found] of text.matchAll(/(\d+)-(\d+)(?:-(\d+))?/g)) sum += found.length;
    sum += text.replace(/\b[a-z](\w*)\b/g, '$1').length;
  }
  return sum;
}

function typedArrays(): number {
  const list = new Float64Array(1_000_000).map((_, i) => i);
  let sum = 0;
  for (let round = 0; round < 30; round++) {
    for (let i = 1; i < list.length; i++) {
      const value = (list[i - 1] as number) * 0.5 + (list[i] as number) * 0.5;
      list[i] = value;
      sum += value;
    }
  }
  return sum;
}

async function asyncLoops(): Promise<number> {
  const step = async (x: number) => x + 1;
  let total = 0;
  for (let i = 0; i < STEPS / 2; i++) total = await step(total);
  return total;
}

function classes(): number {
  class Point {
    readonly x: number;
    readonly y: number;
    constructor(x: number, y: number) {
      this.x = x;
      this.y = y;
    }
    plus(other: Point): Point {
      return new Point(this.x + other.x, this.y + other.y);
    }
  }
  class Place extends Point {
    get norm(): number {
      return Math.abs(this.x) + Math.abs(this.y);
    }
  }
  const home = new Place(0, 0);
  let sum = 0;
  for (let i = 0; i < 4 * STEPS; i++) {
    const { x, y } = home.plus(new Place(i % 7, -(i % 5)));
    sum += i % 1000 === 0 ? new Place(x, y).norm : x;
  }
  return sum;
}

function bigInts(): number {
  let product = 1n;
  let sum = 0n;
  for (let i = 1n; i < 1200n; i++) {
    product *= i;
    sum += product % 1_000_007n;
  }
  let x = 3n;
  for (let i = 0; i < STEPS / 2; i++) x = (x * 6_364_136_223_846_793_005n + 1n) & 0xffff_ffff_ffff_ffffn;
  return Number((sum + x) % 1_000_003n);
}

export const kinds: { readonly [kind: string]: () => unknown } = {
  numbers,
  strings,
  maps,
  sorting,
  JSON: json,
  'regular expressions': regularExpressions,
  'typed arrays': typedArrays,
  'async loops': asyncLoops,
  classes,
  BigInt: bigInts,
};

/**
 * Milliseconds of the first call: V8 compiles meanwhile, as it does in a program. On Linux those in which this thread had a
 * processor, or a busy machine would tell of its other programs.
 */
export async function timed(kind: string): Promise<number> {
  const began = now();
  await kinds[kind]?.();
  return now() - began;
}

function now(): number {
  if (process.platform !== 'linux') return performance.now();
  const [nanoseconds] = readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ');
  return Number(nanoseconds) / 1e6;
}

export async function answer(kind: string, answers: Queue<number>): Promise<void> {
  answers.putSync(await timed(kind));
}
