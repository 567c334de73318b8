// Barrier, as a program under control sees it.

import { BrokenBarrierError, InvalidArgumentError } from '../../errors';
import { checkOptionsOf } from '../../given';
import { type Handle, toHandle } from '../../objects/handle';
import type { NameOption } from '../../objects/shared-object';
import type { BarrierOptions, Barrier as RealBarrier } from '../../sync/barrier';
import { MOST_PARTIES } from '../../sync/barrier-state';
import type { WaitOptions } from '../../sync/wait-options';
import { showAs } from '../../system/show-as';
import { timeoutOf } from '../../waiting/wake';
import { letItem, openItem } from '../items';
import { partiesOf } from '../machines/barrier';
import { callSite, GAVE_UP, perform } from '../operations';
import type { Public } from './public';
import { type At, Thing } from './thing';
import { type Waiting, wait, waitingFor } from './waiting';

/** What a process knows of a barrier that it did not make. */
interface BarrierFacts {
  readonly parties: number;
  readonly timeoutMs: number | undefined;
  readonly action: string | undefined;
}

export class Barrier extends Thing implements Public<RealBarrier> {
  readonly parties: number;
  readonly #timeoutMs: number | undefined;
  #action: (() => unknown) | undefined;
  /** The action as it travels. */
  #sent: string | undefined;
  #isSending = false;

  constructor(
    parties: number,
    options: (BarrierOptions & NameOption) | { at: At; facts: BarrierFacts } = {},
  ) {
    if (!Number.isInteger(parties) || parties < 1 || parties > MOST_PARTIES) {
      throw new InvalidArgumentError('parties', `a whole number from 1 to ${MOST_PARTIES}`, parties);
    }
    const isKnown = typeof options === 'object' && options !== null && 'facts' in options;
    if (!isKnown) checkOptionsOf('barrier', options);
    const { action } = isKnown ? { action: undefined } : options;
    if (action !== undefined && typeof action !== 'function') {
      throw new InvalidArgumentError('action', 'a function', action);
    }
    const timeoutMs = isKnown ? options.facts.timeoutMs : timeoutOf(options.timeout);
    const shape = { type: 'barrier', machine: 'barrier', initial: partiesOf(parties), className: 'Barrier' };
    super(shape, isKnown ? options.at : { name: options.name });
    this.parties = parties;
    this.#timeoutMs = timeoutMs;
    this.#action = action;
    this.#sent = isKnown ? options.facts.action : undefined;
  }

  get nWaiting(): number {
    return this.do('nWaiting') as number;
  }

  get broken(): boolean {
    return this.do('broken') as boolean;
  }

  async wait(options?: WaitOptions): Promise<number> {
    const waiting = { ...this.#waiting('Barrier.wait()', options), site: callSite() };
    const [place, generation] = await this.#come(waiting);
    if (place === this.parties - 1) {
      try {
        await this.#openAction()?.();
      } catch (error) {
        this.#end(generation, 'threw');
        throw error;
      }
      this.do('end', generation, 'passed');
      return place;
    }
    try {
      const ended = await wait('ended', this.thing, [generation], waiting);
      if (ended === GAVE_UP) this.do('end', generation, 'timeout');
    } catch (error) {
      if (!(error instanceof BrokenBarrierError)) this.#end(generation, 'gave up');
      throw error;
    }
    return place;
  }

  waitSync(options?: WaitOptions): number {
    const { timeoutMs } = this.#waiting('', options);
    const [place, generation] = this.do('come') as [number, number];
    if (place === this.parties - 1) {
      try {
        checkDone(this.#openAction()?.());
      } catch (error) {
        this.#end(generation, 'threw');
        throw error;
      }
      this.do('end', generation, 'passed');
      return place;
    }
    try {
      const ended = perform('ended', this.thing, [generation], { timeoutMs });
      if (ended === GAVE_UP) this.do('end', generation, 'timeout');
    } catch (error) {
      if (!(error instanceof BrokenBarrierError)) this.#end(generation, 'gave up');
      throw error;
    }
    return place;
  }

  reset(): void {
    this.do('endNow', 'reset');
  }

  abort(): void {
    this.do('endNow', 'aborted');
  }

  /** @internal */
  override [toHandle](): Handle {
    const handle = { ...super[toHandle](), parties: this.parties, timeoutMs: this.#timeoutMs ?? -1 };
    // The action may refer to the barrier.
    if (this.#isSending) return handle;
    if (this.#action !== undefined && this.#sent === undefined) {
      this.#isSending = true;
      this.#sent = letItem(this.#action);
      this.#isSending = false;
    }
    return this.#sent === undefined ? handle : { ...handle, action: this.#sent };
  }

  async #come(waiting: Waiting): Promise<[number, number]> {
    const untimed = { ...waiting, timeoutMs: undefined };
    return (await wait('come', this.thing, [], untimed)) as unknown as [number, number];
  }

  /** What happened to us is told already. */
  #end(generation: number, ending: string): void {
    try {
      this.do('end', generation, ending);
    } catch (error) {
      if (!(error instanceof BrokenBarrierError)) throw error;
    }
  }

  #openAction(): (() => unknown) | undefined {
    if (this.#action === undefined && this.#sent !== undefined) {
      this.#action = openItem(this.#sent) as () => unknown;
    }
    return this.#action;
  }

  #waiting(what: string, options: WaitOptions | undefined): Waiting {
    const waiting = waitingFor(what, options);
    return { ...waiting, timeoutMs: waiting.timeoutMs ?? this.#timeoutMs };
  }
}

function checkDone(returned: unknown): void {
  if (returned instanceof Promise) {
    const expected = 'a function that does not return a promise for waitSync()';
    throw new InvalidArgumentError('action', expected, returned);
  }
}

showAs(
  Barrier.prototype,
  ({ parties, nWaiting, broken }: Barrier) =>
    `<Barrier ${nWaiting} of ${parties} wait${broken ? ', broken' : ''}>`,
);
