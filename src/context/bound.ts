// Processes and pools whose start method is decided by their class: what the contexts have. Exported by name,
// so that their subclasses can travel.
import { checkOptionsOf } from '../given';
import type { PoolOptions } from '../pool/options';
import { Pool } from '../pool/pool';
import { Process } from '../process/process';
import type { ProcessOptions } from '../process/process-options';

/** Options that may not name a start method, for it is decided already. */
export type Bound<Options> = Options & { method?: never };

/** A `Process` class without the option `method`. */
export interface BoundProcess {
  /** What its instances have in common. */
  readonly prototype: Process;
  new <A extends unknown[] = never[]>(options?: Bound<ProcessOptions<A>>): Process<A>;
}

/** A `Pool` class without the option `method`. */
export interface BoundPool {
  /** What its instances have in common. */
  readonly prototype: Pool;
  new <A extends unknown[] = never[]>(options?: Bound<PoolOptions<A>>): Pool<A>;
}

export class ProcessProcess<A extends unknown[] = never[]> extends Process<A> {
  /** Its instances are to be called as all others: Process-1. */
  static override readonly name = 'Process';
  constructor(options: Bound<ProcessOptions<A>> = {} as Bound<ProcessOptions<A>>) {
    checkOptionsOf('process', options);
    super({ ...options, method: 'process' });
  }
}

export class ThreadProcess<A extends unknown[] = never[]> extends Process<A> {
  constructor(options: Bound<ProcessOptions<A>> = {} as Bound<ProcessOptions<A>>) {
    checkOptionsOf('process', options);
    super({ ...options, method: 'thread' });
  }
}

export class ProcessPool<A extends unknown[] = never[]> extends Pool<A> {
  static override readonly name = 'Pool';
  constructor(options: Bound<PoolOptions<A>> = {} as Bound<PoolOptions<A>>) {
    checkOptionsOf('pool', options);
    super({ ...options, method: 'process' });
  }
}

/**
 * A Pool whose workers are threads of this process. Python's `multiprocessing.pool.ThreadPool`.
 *
 * @example
 * await using pool = new ThreadPool({ processes: 2 });
 * console.log(await pool.map((n) => [n * n, process.pid], [1, 2]).then((all) => all.map(([square]) => square))); // → [ 1, 4 ]
 */
export class ThreadPool<A extends unknown[] = never[]> extends Pool<A> {
  constructor(options: Bound<PoolOptions<A>> = {} as Bound<PoolOptions<A>>) {
    checkOptionsOf('pool', options);
    super({ ...options, method: 'thread' });
  }
}
