// The zygote: a process that has loaded what every child needs and forks children for this program. Never
// seen by the user.

import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { claimSlot } from '../../memory/slots';
import { kernelGuardsChildren } from '../../system/process-calls';
import { performance } from '../../system/timers';
import { childExecArguments } from '../exec-arguments';
import { executablePath } from '../executable-path';
import { preloads } from '../preloads';
import { SpawnedChild } from '../spawn-child';
import { canFork } from './fork';
import { ForkRequests, OPEN_FORKS } from './fork-requests';
import { ForkedChild } from './forked-child';
import { lookAtForked } from './forked-children';
import { isPlainNode } from './plain-node';
import { UNSOUND, ZYGOTE_OPTIONS } from './zygote-options';

const ENTRY = join(__dirname, '..', '..', 'child', 'zygote.js');
/** A zygote that is stuck: not even a loaded machine takes so long for one fork. */
const PATIENCE_MS = 20_000;
const TESTED_NODES = [20, 22, 24];
/** Zygotes that ended before their first fork; after so many, children are spawned. */
const MOST_FAILURES = 2;

let current: Zygote | undefined;
let failures = 0;

/** Returns undefined where a child has to be spawned. */
export function forkChild(): ForkedChild | undefined {
  if (!isForkingPossible()) return undefined;
  if (current?.isUsable() !== true) current = new Zygote();
  return current.fork();
}

export function isForkingPossible(): boolean {
  return (
    failures < MOST_FAILURES &&
    isWanted() &&
    isMainThread &&
    canFork() &&
    kernelGuardsChildren &&
    // It is unknown what preloaded modules have begun, and another Node may not be able to fork.
    preloads().length === 0 &&
    executablePath() === process.execPath &&
    isPlainNode()
  );
}

/** What forking relies on belongs to versions of Node and V8; elsewhere only who asks for it gets it. */
function isWanted(): boolean {
  const { PARLAB_ZYGOTE: asked } = process.env;
  if (asked === 'on' || asked === 'off') return asked === 'on';
  return process.arch === 'x64' && TESTED_NODES.includes(Number.parseInt(process.versions.node, 10));
}

/** The next fork begins a new one. */
export function endZygote(): void {
  current?.end();
  current = undefined;
}

class Zygote {
  readonly #requests = ForkRequests.create();
  readonly #execArguments = childExecArguments(process.execArgv);
  readonly #process: SpawnedChild;
  /** From then on there are no requests any more. */
  #hasEnded = false;
  #isDismissed = false;

  constructor() {
    this.#process = this.#spawn();
    this.#requests.shareWith(this.#process.slot);
    this.#process.onExit(() => {
      // Its children may have ended before, and then no other code looks.
      this.#look();
      lookAtForked();
    });
  }

  isUsable(): boolean {
    this.#look();
    return !this.#hasEnded && childExecArguments(process.execArgv).join() === this.#execArguments.join();
  }

  /** Returns at once, while the zygote is at it. */
  fork(): ForkedChild {
    // A place in the ring becomes free when the request before it has been answered.
    if (this.#requests.asked - this.#requests.done >= OPEN_FORKS)
      this.#wait(this.#requests.asked - OPEN_FORKS + 1);
    const slot = claimSlot({ name: 'a process in stock', kind: 'process', isOwn: true });
    const number = this.#hasEnded ? Number.POSITIVE_INFINITY : this.#requests.ask(slot);
    return new ForkedChild({
      slot,
      env: this.#process.env,
      isOpen: () => this.#isOpen(number),
      wait: () => this.#wait(number),
    });
  }

  #spawn(): SpawnedChild {
    try {
      return new SpawnedChild({
        entry: ENTRY,
        execArguments: [...this.#execArguments, ...ZYGOTE_OPTIONS],
        forks: this.#requests.offset,
      });
    } catch (error) {
      this.#requests.free();
      throw error;
    }
  }

  /** Ends the zygote; its children go on. */
  end(): void {
    this.#isDismissed = true;
    this.#process.signal('SIGKILL');
  }

  #isOpen(number: number): boolean {
    this.#look();
    return !this.#hasEnded && number > this.#requests.done;
  }

  #wait(number: number): void {
    const deadline = performance.now() + PATIENCE_MS;
    while (this.#isOpen(number)) {
      if (performance.now() > deadline) this.#process.signal('SIGKILL');
      this.#requests.wait(number - 1);
    }
  }

  /** Its end may have come while the event loop stood still. */
  #look(): void {
    if (this.#hasEnded) return;
    const exitcode = this.#process.exitcode();
    if (exitcode === undefined) return;
    this.#hasEnded = true;
    if (exitcode === UNSOUND) failures = MOST_FAILURES;
    else if (this.#requests.done === 0 && !this.#isDismissed) failures++;
    this.#requests.free();
  }
}
