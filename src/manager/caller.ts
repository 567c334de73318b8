// The caller, as the objects in a server see it: a thread of some process, and a task of it.

export class Client {
  readonly name: string;
  readonly pid: number;
  readonly #gone = new AbortController();

  constructor(name: string, pid: number) {
    this.name = name;
    this.pid = pid;
  }

  /** Aborted when the process, or its connection, has ended. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  tellGone(): void {
    this.#gone.abort();
  }
}

export interface Caller {
  readonly client: Client;
  readonly task: number;
  /** Aborted when the caller gave this call up, or is gone. */
  readonly signal: AbortSignal;
}

let current: Caller | undefined;

/** It is to be read before the first await of a method: later there is another caller. */
export function currentCaller(): Caller {
  current ??= {
    client: new Client('the server', process.pid),
    task: 0,
    signal: new AbortController().signal,
  };
  return current;
}

export function callAs<T>(caller: Caller, run: () => T): T {
  const before = current;
  current = caller;
  try {
    return run();
  } finally {
    current = before;
  }
}

export function isSameCaller(a: Caller, b: Caller): boolean {
  return a.client === b.client && a.task === b.task;
}
