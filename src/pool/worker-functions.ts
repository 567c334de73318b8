// The functions that a worker has learnt from its pool.
import { createRequire } from 'node:module';
import { decodeCaptured } from '../capture/encode';
import { namedModules } from '../capture/named-modules';
import { restore } from '../capture/restore/restore';
import { myIdentity } from '../identity/identity';
import { whenLoaded } from '../identity/typescript-setup';
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

  /**
   * The classes that come with it get the state that they have in the pool's process. A promise where a
   * module has to be waited for.
   */
  make(program: Uint8Array, call = 0): unknown {
    const captured = decodeCaptured(program);
    const make = () => restore(captured, this.#require, undefined, call);
    const loading = whenLoaded(namedModules(captured), this.#require);
    return loading === undefined ? make() : loading.then(make);
  }

  learn(call: number, program: Uint8Array): void {
    this.#programs.set(call, program);
  }

  /** Made when it is first run, so that a failure is the answer to a run. */
  async get(call: number): Promise<Learnt> {
    let learnt = this.#learnt.get(call);
    if (learnt === undefined) {
      const program = this.#programs.get(call) ?? new Uint8Array();
      learnt = { target: (await this.make(program, call)) as Target, sendMs: 0 };
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
