// Which objects of a server the programs at the other ends of its connections have proxies of: what each was
// given tickets of, less what it has dropped. A connection that has ended holds nothing.
import { InvalidArgumentError } from '../errors';
import type { Shareable } from '../objects/handle';
import { ticketIn } from './border';
import type { Dropped, Ticket } from './conversation';
import type { Holders, Referent, Referents } from './referents';

export class ConnectionHolders implements Holders {
  readonly #ofProgram: Holders;
  readonly #connections = new Set<Holdings>();

  /** `ofProgram`: the processes of the server's own program, which hold objects in another way. */
  constructor(ofProgram: Holders) {
    this.#ofProgram = ofProgram;
  }

  begin(referent: Referent): void {
    this.#ofProgram.begin(referent);
  }

  isHeld(referent: Referent): boolean {
    for (const holdings of this.#connections) if (holdings.has(referent.id)) return true;
    return this.#ofProgram.isHeld(referent);
  }

  handleOf(referent: Referent): Shareable {
    return this.#ofProgram.handleOf(referent);
  }

  add(referents: Referents): Holdings {
    const holdings = new Holdings(referents);
    this.#connections.add(holdings);
    return holdings;
  }

  remove(holdings: Holdings): void {
    this.#connections.delete(holdings);
  }
}

/** What one connection holds. */
export class Holdings {
  readonly #referents: Referents;
  readonly #tickets = new Map<number, number>();

  constructor(referents: Referents) {
    this.#referents = referents;
  }

  has(object: number): boolean {
    return this.#tickets.has(object);
  }

  ticketFor(object: object): Ticket | undefined {
    const referent = this.#referents.standingFor(object);
    if (referent === undefined) return undefined;
    referent.keep();
    const { id, typeid, exposed } = referent;
    return { object: id, typeid, exposed };
  }

  gave(tickets: readonly Ticket[]): void {
    for (const { object } of tickets) this.#tickets.set(object, (this.#tickets.get(object) ?? 0) + 1);
  }

  /** A ticket that comes back is the object. */
  redeem(given: unknown): object {
    const ticket = ticketIn(given);
    const object = ticket && this.has(ticket.object) && this.#referents.get(ticket.object)?.object;
    if (!object) throw new InvalidArgumentError('the proxy', 'one that this manager gave', given);
    return object;
  }

  drop({ object, tickets }: Dropped): void {
    const left = (this.#tickets.get(object) ?? 0) - tickets;
    if (left > 0) this.#tickets.set(object, left);
    else this.#tickets.delete(object);
  }
}
