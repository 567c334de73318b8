// The functions that a worker has learnt from its pool.
import { createRequire } from 'node:module';
import type { Captured } from '../capture/captured';
import { decodeCaptured, isAllCopied } from '../capture/encode';
import { restore } from '../capture/restore/restore';
import { myIdentity } from '../identity/identity';
import type { RunOrder } from './conversation';
import type { Target } from './run-chunk';

interface Learnt {
  readonly target: Target;
  /** What it cost to send one of its results, the last time. */
  sendMs: number;
}

export class WorkerFunctions {
  readonly #require = createRequire(myIdentity().moduleHome ?? process.cwd());
  /** Read when they are first used. */
  readonly #programs = new Map<number, { bytes: Uint8Array } | { captured: Captured }>();
  readonly #learnt = new Map<number, Learnt>();

  make(program: Uint8Array): unknown {
    return restore(decodeCaptured(program), this.#require);
  }

  learn(program: number, bytes: Uint8Array): void {
    this.#programs.set(program, { bytes });
  }

  /** Made when it is first run, so that a failure is the answer to a run. */
  get({ call, program, isShared }: RunOrder): Learnt {
    let learnt = this.#learnt.get(call);
    if (learnt === undefined) {
      learnt = { target: restore(this.#read(program), this.#require) as Target, sendMs: 0 };
      this.#learnt.set(call, learnt);
      if (!isShared) this.#programs.delete(program);
    }
    return learnt;
  }

  forget(call: number): void {
    this.#learnt.delete(call);
  }

  unlearn(program: number): void {
    this.#programs.delete(program);
  }

  #read(program: number): Captured {
    const known = this.#programs.get(program) ?? { bytes: new Uint8Array() };
    if ('captured' in known) return known.captured;
    const captured = decodeCaptured(known.bytes);
    // Else it would be the same memory in every copy.
    if (isAllCopied(captured)) this.#programs.set(program, { captured });
    return captured;
  }
}
