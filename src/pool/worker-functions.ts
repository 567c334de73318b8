// The functions that a worker has learnt from its pool.
import { createRequire } from 'node:module';
import { decodeCaptured } from '../capture/encode';
import { restore } from '../capture/restore/restore';
import { myIdentity } from '../identity/identity';
import type { Target } from './run-chunk';

interface Learnt {
  readonly target: Target;
  /** What it cost to send one of its results, the last time. */
  sendMs: number;
}

export class WorkerFunctions {
  readonly #require = createRequire(myIdentity().moduleHome ?? process.cwd());
  readonly #programs = new Map<number, Uint8Array>();
  readonly #learnt = new Map<number, Learnt>();

  /** The classes that come with it get the state that they have in the pool's process. */
  make(program: Uint8Array, call = 0): unknown {
    return restore(decodeCaptured(program), this.#require, undefined, call);
  }

  learn(call: number, program: Uint8Array): void {
    this.#programs.set(call, program);
  }

  /** Made when it is first run, so that a failure is the answer to a run. */
  get(call: number): Learnt {
    let learnt = this.#learnt.get(call);
    if (learnt === undefined) {
      const program = this.#programs.get(call) ?? new Uint8Array();
      learnt = { target: this.make(program, call) as Target, sendMs: 0 };
      this.#learnt.set(call, learnt);
      this.#programs.delete(call);
    }
    return learnt;
  }

  forget(call: number): void {
    this.#programs.delete(call);
    this.#learnt.delete(call);
  }
}
