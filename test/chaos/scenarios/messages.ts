// Messages that tell whether they arrived whole, and a table of who put how many and which of them came.
import { createHash } from 'node:crypto';
import { Lock, RawArray } from '../../../src/index';
import { MOST_ACTORS } from '../actor';
import type { Random } from '../random';
import type { Stage } from '../stage';

export interface Message {
  from: number;
  n: number;
  body: unknown;
  sum: string;
}

const MOST_MESSAGES = 2 ** 15;

/** Of each kind that travels in its own way; about one in thirty is larger than a segment of a queue. */
export function makeMessage(from: number, n: number, random: Random): Message {
  const bytes = new Uint8Array(random.chance(0.03) ? random.below(200_000) : random.below(2000)).fill(n);
  const bodies = [
    () => bytes,
    () => 'ä'.repeat(bytes.length),
    () => new Map([['bytes', bytes]]),
    () => Array.from(bytes),
    () => ({ lock: new Lock(), bytes }),
    () => n * 1.5,
  ];
  const body = bodies[random.below(bodies.length)]?.();
  return { from, n, body, sum: checksum(from, n, body) };
}

export function isWhole({ from, n, body, sum }: Message): boolean {
  return sum === checksum(from, n, body);
}

function checksum(from: number, n: number, body: unknown): string {
  const hash = createHash('md5').update(`${from}:${n}:`);
  return hash.update(content(body)).digest('base64');
}

function content(body: unknown): string | Uint8Array {
  if (body instanceof Uint8Array || typeof body === 'string') return body;
  if (body instanceof Map) return body.get('bytes');
  if (typeof body === 'object' && body !== null && 'lock' in body && 'bytes' in body) {
    if (!(body.lock instanceof Lock) || body.lock.locked()) return 'the lock is another one';
    return body.bytes as Uint8Array;
  }
  return JSON.stringify(body);
}

/** In shared memory: how many messages each actor has put, and how often each of them has come. */
export class Tally {
  readonly put = new RawArray('int32', MOST_ACTORS);
  readonly came = new RawArray('uint8', MOST_ACTORS * MOST_MESSAGES);

  isFull(n: number): boolean {
    return n >= MOST_MESSAGES - 1;
  }

  hasPut(from: number, n: number): void {
    Atomics.store(this.put, from, n + 1);
  }

  hasCome({ from, n }: { from: number; n: number }): void {
    Atomics.add(this.came, from * MOST_MESSAGES + n, 1);
  }

  /** `takers`: how many of those who take have died, each perhaps with a message in its hand. */
  verify(stage: Stage, takers: number): void {
    let [total, lost] = [0, 0];
    for (let from = 0; from < MOST_ACTORS; from++) {
      const put = this.put[from] ?? 0;
      total += put;
      for (let n = 0; n <= put; n++) {
        const times = this.came[from * MOST_MESSAGES + n] ?? 0;
        stage.check(times <= 1, `message ${n} of actor ${from} came ${times} times`);
        // Number `put` is the one that a killed producer had in its hand.
        if (times === 0 && n < put) lost++;
      }
      const beyond = this.came[from * MOST_MESSAGES + put + 1] ?? 0;
      stage.check(beyond === 0, `message ${put + 1} of actor ${from} came though it was never put`);
    }
    stage.check(total > 0, 'no message was put');
    stage.check(lost <= takers, `${lost} of ${total} messages are lost, but only ${takers} takers died`);
  }
}
