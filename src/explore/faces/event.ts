// Event, as a program under control sees it.
import type { NameOption } from '../../objects/shared-object';
import type { Event as RealEvent } from '../../sync/event';
import type { WaitOptions } from '../../sync/wait-options';
import { showAs } from '../../system/show-as';
import { callSite, GAVE_UP, perform } from '../operations';
import type { Public } from './public';
import { type At, Thing } from './thing';
import { wait, waitingFor } from './waiting';

export class Event extends Thing implements Public<RealEvent> {
  constructor(made: NameOption | At = {}) {
    super({ type: 'event', machine: 'event', initial: 0, className: 'Event' }, made);
  }

  isSet(): boolean {
    return this.do('isSet') as boolean;
  }

  set(): void {
    this.do('set');
  }

  clear(): void {
    this.do('clear');
  }

  // At first it is looked at, as the real one does: a process that waits when it is set goes on, even if it
  // is cleared again at once.
  async wait(options?: WaitOptions): Promise<boolean> {
    const waiting = { ...waitingFor('Event.wait()', options), site: callSite() };
    const seen = await wait('look', this.thing, [], { ...waiting, timeoutMs: undefined });
    return seen === true || (await wait('changed', this.thing, [seen], waiting)) !== GAVE_UP;
  }

  waitSync(options?: WaitOptions): boolean {
    const { timeoutMs } = waitingFor('', options);
    const seen = this.do('look');
    return seen === true || perform('changed', this.thing, [seen], { timeoutMs }) !== GAVE_UP;
  }
}

showAs(Event.prototype, (event: Event) => `<Event ${event.isSet() ? 'set' : 'unset'}>`);
