// The watcher's side of an interrupt: tries again and again until the main thread says that it is over; where
// an attempt fails it is tried harder, and a session that cannot be stopped is given up.

import { Session } from 'node:inspector';
import { clearInterval, setInterval, setTimeout } from 'node:timers';
import { stopBlockingChild } from './blocking-child';
import { type Answer, evaluate } from './main-thread';
import { Starvation } from './starved';
import { type Attempted, InterruptionState } from './watcher-access';

interface AttemptsEvents {
  /** Something failed; a sentence for the kernel's log. */
  failed(sentence: string): void;
  /** Says that nothing stops the main thread, again as long as that is so. */
  gaveUp(): void;
}

const ATTEMPT_MS = 15;
const SOON_MS = 1;
/** Counted in looks and not by the clock, which goes on while a machine sleeps. */
const LOOK_MS = 50;
/** A main thread that does not answer for so long is inside a system call, such as execFileSync. */
const BLOCKED_LOOKS = 3;
/** Two seconds in which every attempt has failed. */
const GIVE_UP_LOOKS = 40;

interface SharedWords {
  /** An `InterruptionState`: none as soon as what was to be interrupted has ended. */
  interrupting: Int32Array;
  /** It is not 0 while the main thread is where an interrupt must wait. */
  criticalDepth: Int32Array;
}

export class Attempts {
  readonly #shared: SharedWords;
  readonly #on: AttemptsEvents;
  /** Connected only while it is needed: Node waits at its exit for such connections, and says so. */
  #mainThread: Session | undefined;
  /** 0: an interrupt that the main thread has not heard of yet. */
  #attempt = 0;
  #isAnswered = true;
  #isFailing = false;
  #failingLooks = 0;
  #unansweredLooks = 0;
  #looking: NodeJS.Timeout | undefined;
  readonly #starvation = new Starvation();
  readonly #told = new Set<string>();

  constructor(shared: SharedWords, on: AttemptsEvents) {
    this.#shared = shared;
    this.#on = on;
  }

  interrupt(): void {
    this.#attempt = 0;
    this.#failingLooks = 0;
    Atomics.store(this.#shared.interrupting, 0, InterruptionState.going);
    if (this.#mainThread) return;
    this.#mainThread = new Session();
    this.#mainThread.connectToMainThread();
    this.#looking = setInterval(() => this.#look(), LOOK_MS);
    this.#try(this.#mainThread);
  }

  #try(mainThread: Session): void {
    this.#isAnswered = false;
    evaluate(mainThread, `attempt(${this.#attempt++})`, (answer) => {
      this.#isAnswered = true;
      this.#unansweredLooks = 0;
      const state = this.#take(mainThread, answer);
      if (state === 'over') return;
      setTimeout(() => this.#try(mainThread), state === 'soon' ? SOON_MS : ATTEMPT_MS);
    });
  }

  #take(mainThread: Session, answer: Answer): 'over' | 'soon' | 'again' {
    const [word, ...failures] = String(answer.value ?? '').split('\n');
    for (const failure of failures) this.#tell(failure);
    const state = word as Attempted | '';
    switch (state) {
      case 'over':
        // It goes on only if no other interrupt has come since this one was tried.
        if (this.#attempt === 0) return 'again';
        this.#end(mainThread);
        return 'over';
      case 'again':
      case 'soon':
        this.#isFailing = false;
        this.#failingLooks = 0;
        return state;
      case 'prepared':
        terminate(mainThread);
        break;
      default:
        if (answer.failure !== undefined) this.#force(mainThread, answer.failure);
    }
    // It must be seen whether that was all.
    this.#isFailing = true;
    return 'again';
  }

  /**
   * Where the main thread cannot help to prepare it, Node may find its async hooks out of order, and abort.
   */
  #force(mainThread: Session, failure: string): void {
    this.#tell(failure);
    evaluate(mainThread, 'prepare()', () => terminate(mainThread));
  }

  #look(): void {
    const isStarved = this.#starvation.hasBeen(LOOK_MS);
    if (!this.#isAnswered && ++this.#unansweredLooks % BLOCKED_LOOKS === 0) this.#stopProgram();
    if (this.#isAnswered && !this.#isFailing) return;
    // It may be waiting there for a front end that reads slowly.
    if (Atomics.load(this.#shared.criticalDepth, 0) > 0) return;
    if (isStarved) return;
    const looks = ++this.#failingLooks % GIVE_UP_LOOKS;
    // Half of the time is left for what needs nothing of the main thread's JavaScript.
    if (looks === GIVE_UP_LOOKS / 2 && this.#mainThread) terminate(this.#mainThread);
    if (looks === 0) this.#on.gaveUp();
  }

  #stopProgram(): void {
    const { going, none, stoppedProgram } = InterruptionState;
    // This is said before: the main thread may be back before this one goes on.
    const { interrupting } = this.#shared;
    const before = Atomics.compareExchange(interrupting, 0, going, stoppedProgram);
    if (before === none) return;
    if (!stopBlockingChild()) {
      Atomics.compareExchange(interrupting, 0, stoppedProgram, before);
      return;
    }
    // The main thread hears of it by the program's end; told once more, it would interrupt the next cell.
    this.#attempt = Math.max(this.#attempt, 1);
  }

  #end(mainThread: Session): void {
    clearInterval(this.#looking);
    this.#isFailing = false;
    mainThread.disconnect();
    this.#mainThread = undefined;
  }

  #tell(failure: string): void {
    if (this.#told.has(failure)) return;
    this.#told.add(failure);
    this.#on.failed(`An attempt to interrupt a cell failed: ${failure}`);
  }
}

function terminate(mainThread: Session): void {
  mainThread.post('Runtime.terminateExecution', () => {});
}
