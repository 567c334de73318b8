// The functions of a pool on their way to hosts: each is made to hold on another computer once, and lies in
// the thread of the line, for whoever asks.
import { decodeCaptured } from '../../capture/encode';
import type { Program } from '../../pool/programs';
import { encodeProgram } from '../codec';
import type { Bundle } from '../modules/bundle';
import type { PoolWords } from './desk-conversation';

type Say = <K extends 'learn' | 'unlearn' | 'pack'>(word: K, args: Omit<PoolWords[K], 'pool'>) => void;

export class ProgramsSent {
  readonly #say: Say;
  readonly #known = new Set<number>();
  readonly #bundles = new Set<string>();

  constructor(say: Say) {
    this.#say = say;
  }

  /** Throws when it holds something that cannot leave this computer. */
  send({ id, captured, bytes }: Program, name: string): void {
    if (this.#known.has(id)) return;
    const encoded = encodeProgram(captured ?? decodeCaptured(bytes), name);
    this.pack(encoded.bundle);
    this.#say('learn', { program: id, bytes: encoded.bytes, bundle: encoded.bundle?.hash });
    this.#known.add(id);
  }

  forget({ id }: Program): void {
    if (this.#known.delete(id)) this.#say('unlearn', { program: id });
  }

  pack(bundle: Bundle | undefined): void {
    if (bundle === undefined || this.#bundles.has(bundle.hash)) return;
    this.#bundles.add(bundle.hash);
    this.#say('pack', { hash: bundle.hash, bytes: bundle.bytes });
  }
}
