// How the kernel process ends when it is told to: politely, by force when that takes too long, and without
// leaving a process behind.

/** Jupyter waits two seconds after SIGTERM before it kills; what is left of them is for the exit itself. */
const POLITE_MS = 1500;

/** How long to wait for what has nothing to say any more and yet holds the process. */
const LINGER_MS = 1000;

export class Leaving {
  readonly #kills: (() => void)[] = [];
  #polite: () => void = () => {};
  #deadline: NodeJS.Timeout | undefined;

  constructor() {
    process.on('SIGTERM', this.leave);
    process.on('exit', () => this.#killAll());
  }

  readonly leave = (): void => {
    if (this.#deadline) return;
    this.#deadline = setTimeout(() => this.#byForce(), POLITE_MS).unref();
    this.#polite();
  };

  /** What begins the polite way. Called at once if the process was already told to leave. */
  whenTold(polite: () => void): void {
    this.#polite = polite;
    if (this.#deadline) polite();
  }

  /** Ends other processes, at once and whatever they do. */
  atLast(kill: () => void): void {
    this.#kills.push(kill);
  }

  /** All is said. The process ends by itself as soon as nothing holds it, or soon. */
  done(): void {
    setTimeout(() => process.exit(), LINGER_MS).unref();
  }

  #byForce(): void {
    this.#killAll();
    // It is not process.exit(), because messages that are not taken would hold it up once more.
    process.kill(process.pid, 'SIGKILL');
  }

  #killAll(): void {
    for (const kill of this.#kills) {
      try {
        kill();
      } catch {
        // It is gone already.
      }
    }
  }
}
