// The functions that a worker has learnt from its pool.
import { createRequire } from 'node:module';
import type { Captured } from '../capture/captured';
import { decodeCaptured, isAllCopied } from '../capture/encode';
import { namedModules } from '../capture/named-modules';
import { KeptData } from '../capture/restore/kept-data';
import { restore } from '../capture/restore/restore';
import { myIdentity } from '../identity/identity';
import { whenLoaded } from '../identity/typescript-setup';
import { currentFolder } from '../system/current-folder';
import type { ProgramSent, RunOrder } from './conversation';
import type { Target } from './run-chunk';

interface Learnt {
  readonly target: Target;
  /** What it cost to send one of its results, the last time. */
  sendMs: number;
}

interface Program {
  /** The bytes, until they are not needed any more. */
  bytes: Uint8Array;
  readonly kept: KeptData | undefined;
  captured: Captured | undefined;
  calls: number;
}

/** How functions are opened: those of a pool on another computer name their modules in another way. */
interface Opening {
  readonly require: NodeJS.Require;
  read(bytes: Uint8Array): Captured;
}

/** What is so large is read again for the second call, for there may be none. */
const LARGE_BYTES = 2 ** 24;

export class WorkerFunctions {
  readonly #opening: Opening;
  readonly #programs = new Map<number, Program>();
  readonly #learnt = new Map<number, Learnt>();

  constructor(opening: Opening = ofThisProgram()) {
    this.#opening = opening;
  }

  /** Returns what the captured value is; a promise of it where a module has to be waited for. */
  make(program: Uint8Array): unknown {
    return this.#restore(this.#opening.read(program), 0);
  }

  /**
   * The classes that come with it get the state that they have in the pool's process. A promise where a
   * module has to be waited for.
   */
  #restore(captured: Captured, call: number, kept?: KeptData): unknown {
    const { require } = this.#opening;
    const make = () => restore(captured, require, undefined, call, kept);
    const loading = whenLoaded(namedModules(captured), require);
    return loading === undefined ? make() : loading.then(make);
  }

  learn(program: number, { bytes, isKept }: ProgramSent): void {
    const kept = isKept ? new KeptData() : undefined;
    this.#programs.set(program, { bytes, kept, captured: undefined, calls: 0 });
  }

  /** Returns a call's copy of its function. The first run makes it, so that a failure answers that run. */
  async get({ call, program: id }: Pick<RunOrder, 'call' | 'program'>): Promise<Learnt> {
    let learnt = this.#learnt.get(call);
    if (learnt === undefined) {
      const program = this.#programs.get(id) as Program;
      const captured = this.#read(program);
      const target = await this.#restore(captured, call, program.captured && program.kept);
      learnt = { target: target as Target, sendMs: 0 };
      this.#learnt.set(call, learnt);
    }
    return learnt;
  }

  forget(call: number): void {
    this.#learnt.delete(call);
  }

  unlearn(program: number): void {
    this.#programs.delete(program);
  }

  #read(program: Program): Captured {
    const captured = program.captured ?? this.#opening.read(program.bytes);
    // Otherwise it would be the same memory in every copy.
    const canStay = isAllCopied(captured) || program.kept !== undefined;
    if (canStay && program.captured === undefined) {
      if (++program.calls > 1 || program.bytes.length < LARGE_BYTES) {
        program.captured = captured;
        program.bytes = new Uint8Array();
      }
    }
    return captured;
  }
}

function ofThisProgram(): Opening {
  return { require: createRequire(myIdentity().moduleHome ?? currentFolder()), read: decodeCaptured };
}
