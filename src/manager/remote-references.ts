// What the proxies of one connection stand for. When the last proxy of an object has been collected here, the
// server is told.
import { ManagerStateError, NotSerializableError } from '../errors';
import { type Handle, toHandle } from '../objects/handle';
import { ticketIn } from './border';
import type { Dropped, Ticket } from './conversation';
import type { Link } from './link';
import type { Types } from './managed-type';
import { BaseProxy, proxyFor, type Reference, referenceOf } from './proxy';

class RemoteReference implements Reference {
  readonly link: Link;
  readonly object: number;
  readonly typeid: string;
  readonly exposed: readonly string[];

  constructor(link: Link, { object, typeid, exposed }: Ticket) {
    this.link = link;
    this.object = object;
    this.typeid = typeid;
    this.exposed = exposed;
  }

  [toHandle](): Handle {
    throw new NotSerializableError(
      'a proxy of a manager that was connected to',
      'proxy',
      'its connection belongs to this process',
      'Make a manager of the same address there, and connect().',
    );
  }
}

export class RemoteReferences {
  readonly #types: Types;
  readonly #known = new Map<number, WeakRef<RemoteReference>>();
  /** Tickets that came for a reference, in an object that outlives it. */
  readonly #counts = new WeakMap<RemoteReference, Dropped>();
  readonly #collected: FinalizationRegistry<Dropped>;
  #link: Link | undefined;

  /** `types`: what register() was told here, for the classes of proxies. */
  constructor(types: Types, drop: (dropped: Dropped) => void) {
    this.#types = types;
    this.#collected = new FinalizationRegistry((dropped) => {
      // A successor may have taken the place before this ran.
      if (this.#known.get(dropped.object)?.deref() === undefined) this.#known.delete(dropped.object);
      drop(dropped);
    });
  }

  set link(link: Link) {
    this.#link = link;
  }

  ticketFor(object: object): Ticket | undefined {
    if (!(object instanceof BaseProxy)) return undefined;
    const reference = referenceOf(object);
    if (!(reference instanceof RemoteReference) || reference.link !== this.#link) {
      throw new ManagerStateError(
        'A proxy as an argument',
        'it came through another connection than the one that is called',
      );
    }
    const { typeid, exposed } = reference;
    return { object: reference.object, typeid, exposed };
  }

  redeem(given: unknown): BaseProxy {
    const ticket = ticketIn(given);
    if (ticket === undefined || this.#link === undefined) {
      throw new ManagerStateError('A proxy', 'the server sent no whole one');
    }
    const reference = this.#reference(ticket, this.#link);
    const counts = this.#counts.get(reference);
    if (counts !== undefined) counts.tickets++;
    return proxyFor(reference, ticket.typeid, this.#proxyTypeOf(ticket.typeid));
  }

  #proxyTypeOf(typeid: string) {
    return Object.hasOwn(this.#types, typeid) ? this.#types[typeid]?.proxyType : undefined;
  }

  #reference(ticket: Ticket, link: Link): RemoteReference {
    const { object } = ticket;
    const known = this.#known.get(object)?.deref();
    if (known !== undefined) return known;
    const reference = new RemoteReference(link, ticket);
    const counts: Dropped = { type: 'drop', object, tickets: 0 };
    this.#known.set(object, new WeakRef(reference));
    this.#counts.set(reference, counts);
    this.#collected.register(reference, counts);
    return reference;
  }
}
