// The functions that a worker has learnt from its pool.
import { createRequire } from 'node:module';
import type { Captured } from '../capture/captured';
import { decodeCaptured, isAllCopied } from '../capture/encode';
import { namedModules } from '../capture/named-modules';
import { restore } from '../capture/restore/restore';
import { myIdentity } from '../identity/identity';
import { whenLoaded } from '../identity/typescript-setup';
import { currentFolder } from '../system/current-folder';
import type { RunOrder } from './conversation';
import type { Target } from './run-chunk';

interface Learnt {
  readonly target: Target;
  /** What it cost to send one of its results, the last time. */
  sendMs: number;
}

/** How functions are opened: those of a pool on another computer name their modules in another way. */
export interface Opening {
  readonly require: NodeJS.Require;
  read(bytes: Uint8Array): Captured;
}

export class WorkerFunctions {
  readonly #opening: Opening;
  /** Read when they are first used. */
  readonly #programs = new Map<number, { bytes: Uint8Array } | { captured: Captured }>();
  readonly #learnt = new Map<number, Learnt>();

  constructor(opening: Opening = ofThisProgram()) {
    this.#opening = opening;
  }

  make(program: Uint8Array): unknown {
    return this.#restore(this.#opening.read(program), 0);
  }

  /**
   * The classes that come with it get the state that they have in the pool's process. A promise where a
   * module has to be waited for.
   */
  #restore(captured: Captured, call: number): unknown {
    const { require } = this.#opening;
    const make = () => restore(captured, require, undefined, call);
    const loading = whenLoaded(namedModules(captured), require);
    return loading === undefined ? make() : loading.then(make);
  }

  learn(program: number, bytes: Uint8Array): void {
    this.#programs.set(program, { bytes });
  }

  /** Made when it is first run, so that a failure is the answer to a run. */
  async get({ call, program, isShared }: Pick<RunOrder, 'call' | 'program' | 'isShared'>): Promise<Learnt> {
    let learnt = this.#learnt.get(call);
    if (learnt === undefined) {
      learnt = { target: (await this.#restore(this.#read(program), call)) as Target, sendMs: 0 };
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
    const captured = this.#opening.read(known.bytes);
    // Else it would be the same memory in every copy.
    if (isAllCopied(captured)) this.#programs.set(program, { captured });
    return captured;
  }
}

function ofThisProgram(): Opening {
  return { require: createRequire(myIdentity().moduleHome ?? currentFolder()), read: decodeCaptured };
}
