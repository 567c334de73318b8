// Where a scenario is played: it starts actors, replaces those that die under the tormentor's hands, and knows who waits for
// what when the play does not end.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Process, type StartMethodName } from '../../src/index';
import { Actor, MOST_ACTORS, Playbill } from './actor';
import type { Random } from './random';
import type { Tormentor } from './tormentor';

export interface StageOptions {
  method: StartMethodName;
  random: Random;
  tormentor: Tormentor;
  /** How long the actors are tormented. */
  ms: number;
}

interface Performance {
  process: Process;
  row: number;
  ended: Promise<void>;
}

/** The actors of one part, of whom some number is always there until the play is over. */
export interface Troupe {
  readonly deaths: number;
  readonly living: number;
  ended(): Promise<void>;
}

export class Stage {
  readonly method: StartMethodName;
  readonly random: Random;
  readonly #tormentor: Tormentor;
  readonly #ms: number;
  readonly #playbill = new Playbill();
  readonly #performing = new Set<Performance>();
  readonly #faults: string[] = [];
  #rows = 0;
  /** What the main thread does. */
  says = 'begins';
  deaths = 0;

  constructor({ method, random, tormentor, ms }: StageOptions) {
    this.method = method;
    this.random = random;
    this.#tormentor = tormentor;
    this.#ms = ms;
  }

  get isOver(): boolean {
    return this.#playbill.over[0] === 1;
  }

  /** Starts `count` actors, and another one for each that dies. */
  keep<A extends unknown[]>(
    count: number,
    part: string,
    target: (self: Actor, ...args: A) => unknown,
    ...args: A
  ): Troupe {
    const stage = this;
    const playing = new Set<Performance>();
    const troupe = {
      deaths: 0,
      get living() {
        return playing.size;
      },
      async ended() {
        stage.says = `waits for every ${part} to end`;
        while (playing.size > 0) await Promise.all([...playing].map(({ ended }) => ended));
      },
    };
    const begin = () => {
      const performance = this.#start(part, target, args, (exitcode) => {
        playing.delete(performance);
        if (exitcode !== 0) troupe.deaths++;
        if (!this.isOver) begin();
      });
      playing.add(performance);
    };
    for (let i = 0; i < count; i++) begin();
    return troupe;
  }

  /** Resolves when the time is up: the actors are to end then, and nobody torments them any more. */
  async torment(): Promise<void> {
    // Else a slow machine would see none of them begin.
    this.says = 'waits for everybody to begin';
    while ([...this.#performing].some(({ row }) => !this.#playbill.hasBegun(row))) await sleep(5);
    this.says = 'lets them suffer';
    this.#tormentor.begin();
    await sleep(this.#ms);
    await this.#tormentor.rest();
    Atomics.store(this.#playbill.over, 0, 1);
  }

  check(isRight: boolean, otherwise: string): void {
    if (!isRight) this.#faults.push(otherwise);
  }

  get faults(): readonly string[] {
    return this.#faults;
  }

  whoWaits(): string {
    const lines = [...this.#performing].map(({ process, row }) => {
      const { name, pid = 0 } = process;
      const state = this.method === 'process' ? `, ${stateOf(pid)}` : '';
      return `  ${name} (pid ${pid}${state}): ${this.#playbill.lineOf(row)}`;
    });
    return [`  the main process: ${this.says}`, ...lines].join('\n');
  }

  async clear(): Promise<void> {
    Atomics.store(this.#playbill.over, 0, 1);
    await this.#tormentor.rest();
    for (const { process } of this.#performing) process.kill();
    await Promise.all([...this.#performing].map(({ ended }) => ended));
  }

  #start<A extends unknown[]>(
    part: string,
    target: (self: Actor, ...args: A) => unknown,
    args: A,
    then: (exitcode: number) => void,
  ): Performance {
    const row = this.#rows++;
    if (row >= MOST_ACTORS) throw new Error('The round is too long for its tables.');
    const self = new Actor(row, this.#playbill, this.random.seed());
    const process = new Process({
      target,
      args: [self, ...args],
      name: `${part}-${row}`,
      method: this.method,
    });
    const plain = process as unknown as Process;
    process.start();
    this.#tormentor.watch(plain, this.method === 'thread');
    const performance = { process: plain, row, ended: Promise.resolve() };
    performance.ended = process.join().then(() => {
      const exitcode = process.exitcode ?? 0;
      this.#performing.delete(performance);
      this.#tormentor.forget(plain, this.method === 'thread');
      // What we send, and nothing else, may end an actor early.
      this.check([0, -2, -9, -15].includes(exitcode), `${process.name} ended with ${exitcode}`);
      if (exitcode !== 0) this.deaths++;
      then(exitcode);
    });
    this.#performing.add(performance);
    return performance;
  }
}

function stateOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const state = stat.slice(stat.lastIndexOf(')') + 2)[0];
    return { R: 'runs', S: 'sleeps', T: 'is stopped', Z: 'has ended' }[state ?? ''] ?? `state ${state}`;
  } catch {
    return 'is gone';
  }
}
