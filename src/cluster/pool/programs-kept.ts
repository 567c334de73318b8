// The functions and bundles of a pool in the thread of the line, for the hosts that ask for them.
import type { Msg } from '@nats-io/transport-node';
import { forgetLarge, sendLarge } from '../connection/blobs';
import type { Broker } from '../connection/broker';
import { HEAD, headOf, type ProgramAsk, type ProgramHead, withHead } from './conversation';
import type { PoolWords } from './desk-conversation';

interface Packed {
  readonly broker: Broker;
  readonly head: ProgramHead;
  readonly body: Uint8Array | undefined;
}

interface Kept {
  readonly bytes: Uint8Array;
  readonly bundle: string | undefined;
  /** Put into the broker's store once, for all hosts. */
  packed: Promise<Packed> | undefined;
}

export class ProgramsKept {
  /** By the number of a program, or the hash of a bundle. */
  readonly #all = new Map<string, Kept>();

  learn({ program, bytes, bundle }: PoolWords['learn']): void {
    this.#all.set(String(program), { bytes, bundle, packed: undefined });
  }

  unlearn({ program }: Pick<PoolWords['unlearn'], 'program'>): void {
    this.#forget(String(program));
  }

  pack({ hash, bytes }: PoolWords['pack']): void {
    if (!this.#all.has(hash)) this.#all.set(hash, { bytes, bundle: undefined, packed: undefined });
  }

  clear(): void {
    for (const key of this.#all.keys()) this.#forget(key);
  }

  async answer(message: Msg, broker: Broker): Promise<void> {
    const { program, bundle } = headOf<ProgramAsk>(message.headers?.get(HEAD));
    const key = bundle ?? program;
    if (key === undefined) return void message.respond(undefined, { headers: withHead({}) });
    const kept = this.#all.get(String(key));
    if (kept === undefined) return void message.respond(undefined, { headers: withHead({ isGone: true }) });
    kept.packed ??= packed(kept, broker);
    kept.packed.catch(() => {
      kept.packed = undefined;
    });
    const { head, body } = await kept.packed;
    message.respond(body, { headers: withHead(head) });
  }

  #forget(key: string): void {
    const kept = this.#all.get(key);
    this.#all.delete(key);
    const forget = ({ broker, head: { blob } }: Packed) => {
      if (blob !== undefined) void forgetLarge(broker, { blob });
    };
    // One that could not be put into the store is not there.
    kept?.packed?.then(forget, () => {});
  }
}

async function packed({ bytes, bundle }: Kept, broker: Broker): Promise<Packed> {
  const about = bundle === undefined ? {} : { bundle };
  const large = await sendLarge(broker, bytes);
  if (large instanceof Uint8Array) return { broker, head: about, body: large };
  return { broker, head: { ...about, blob: large.blob }, body: undefined };
}
