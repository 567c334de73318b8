// A child process of a host as the host sees it: it runs chunks of one pool.
import { Queue } from '../../channel/queue';
import { begun, type Claims, makeClaims, offer, takeBack } from '../../pool/claims';
import { whenChildEnds } from '../../process/children';
import { Process } from '../../process/process';
import {
  type HandAnswer,
  type HandHead,
  type HandOrder,
  type HandRun,
  type HandStart,
  runHand,
} from './hand-main';
import { Recent } from './recent';

export type Outcome =
  | { type: 'answered'; head: HandHead; body: Uint8Array }
  | { type: 'died'; begun: number; exitcode: number | null };

/**
 * A child lives as long as its pool, which may call thousands of functions: it keeps the latest. One of a
 * call that still goes on is made anew, as in a child that comes in the place of another.
 */
const KEPT = { most: 64, mostBytes: 2 ** 25 };

type Heard = { type: 'ready' } | Outcome;

export class Hand {
  readonly pool: string;
  readonly name: string;
  /** Items in all its life. */
  given = 0;
  /** The call that its chunk is part of. */
  work: number | undefined;
  isReady = false;
  isGone = false;
  readonly #process: Process<[HandStart]>;
  readonly #orders = new Queue<HandOrder>();
  readonly #answers = new Queue<HandAnswer>();
  readonly #claims: Claims = makeClaims();
  readonly #knows = new Recent<number, number>(KEPT, (program) =>
    this.#orders.putNowait({ type: 'unlearn', program }),
  );
  readonly #copies = new Recent<number, true>(KEPT, (copy) =>
    this.#orders.putNowait({ type: 'forget', copy }),
  );
  readonly #places = new Set<string>();
  #head: HandHead | undefined;
  #hear: (heard: Heard) => void = () => {};
  readonly #whenGone: (() => void)[] = [];

  constructor(pool: string, name: string, where: Pick<HandStart, 'home' | 'url'>) {
    this.pool = pool;
    this.name = name;
    this.#process = new Process({
      target: runHand,
      args: [{ orders: this.#orders, answers: this.#answers, claims: this.#claims, ...where }],
      name,
      daemon: true,
    });
    this.#process.start();
    const listening = this.#answers.listen({
      item: (answer) => this.#heard(answer),
      broken: () => this.kill(),
    });
    listening.begin();
    whenChildEnds(this.#process as unknown as Process, () => {
      // What it said last is heard first.
      if (!this.isGone) listening.look();
      listening.stop();
      this.isGone = true;
      this.#hear(this.#death());
      for (const then of this.#whenGone) then();
    });
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  knows(program: number): boolean {
    return this.#knows.has(program);
  }

  learn(program: number, bytes: Uint8Array): void {
    this.#orders.putNowait({ type: 'learn', program, bytes });
    this.#knows.set(program, bytes.length, bytes.length);
  }

  hasPlace(hash: string): boolean {
    return this.#places.has(hash);
  }

  place(hash: string, { folder = '', missing = '' }: { folder?: string; missing?: string }): void {
    this.#orders.putNowait({ type: 'place', hash, folder, missing });
    this.#places.add(hash);
  }

  /** Undefined when it is ready. */
  async begin(bytes: Uint8Array, tag: string): Promise<Outcome | undefined> {
    this.#orders.putNowait({ type: 'begin', bytes, tag });
    const heard = await this.#next();
    this.isReady = heard.type === 'ready';
    if (heard.type === 'ready') return undefined;
    this.kill();
    return heard;
  }

  async run(order: HandRun, count: number): Promise<Outcome> {
    offer(this.#claims, 0, count);
    this.given += count;
    const bytes = this.#knows.get(order.program) ?? 0;
    if (this.#copies.get(order.call) === undefined) this.#copies.set(order.call, true, bytes);
    this.#orders.putNowait(order);
    const heard = await this.#next();
    if (heard.type === 'ready') throw new TypeError('A hand said twice that it is ready.');
    return heard;
  }

  /** What it has not begun is not begun any more. */
  cut(): void {
    takeBack(this.#claims, 0, 0);
  }

  kill(): void {
    this.isGone = true;
    this.#process.kill();
  }

  whenGone(then: () => void): void {
    this.#whenGone.push(then);
  }

  #next(): Promise<Heard> {
    if (this.isGone) return Promise.resolve(this.#death());
    return new Promise((resolve) => {
      this.#hear = resolve;
    });
  }

  #death(): Outcome {
    return { type: 'died', begun: begun(this.#claims, 0), exitcode: this.#process.exitcode ?? null };
  }

  #heard(answer: HandAnswer): void {
    if (answer instanceof Uint8Array) {
      const head = this.#head;
      if (head !== undefined) this.#hear({ type: 'answered', head, body: answer });
    } else if (answer.type === 'ready') this.#hear(answer);
    else if (answer.body === undefined) this.#head = answer.head;
    else this.#hear({ type: 'answered', head: answer.head, body: answer.body });
  }
}
