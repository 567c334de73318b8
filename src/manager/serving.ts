// A server with its doors: one for the processes of the program, in shared memory, and one at an address for
// other programs.

import { Queue } from '../channel/queue';
import { unseenAs } from '../objects/shared-object';
import type { Address } from '../socket/address';
import { clearInterval, setInterval } from '../system/timers';
import { Client } from './caller';
import { ConnectionHolders } from './connection-holders';
import type { Reply, Request } from './conversation';
import type { Types } from './managed-type';
import { MemoryChannel } from './memory-channel';
import { type Knock, MemoryHolders, serveHere } from './memory-door';
import { Server } from './server';
import { type Place, SocketDoor } from './socket-door';
import { standardTypes } from './standard-types';

export interface ServingOptions {
  name: string;
  types: Types;
  /** Whether clients may make objects of the standard types, or only get them from methods. */
  makesStandardTypes: boolean;
  /** The address; without one only this program is served. */
  place: Place | undefined;
  knocks?: Queue<Knock>;
  onShutdown(): void;
}

const SWEEP_MS = 100;

export class Serving {
  readonly #server: Server;
  readonly #holders: ConnectionHolders;
  readonly #knocks: Queue<Knock>;
  readonly #door: SocketDoor | undefined;
  readonly #stops: (() => void)[] = [];

  /** @throws SocketError if nothing can listen at the address. */
  static async open(options: ServingOptions): Promise<Serving> {
    const { place, name } = options;
    return new Serving(options, place && (await SocketDoor.open(place, name)));
  }

  private constructor(options: ServingOptions, door: SocketDoor | undefined) {
    const {
      types,
      makesStandardTypes,
      knocks = new Queue<Knock>(0, unseenAs('calls')),
      onShutdown,
    } = options;
    this.#knocks = knocks;
    this.#door = door;
    this.#holders = new ConnectionHolders(new MemoryHolders(knocks));
    const standard = makesStandardTypes ? standardTypes : withoutCreate(standardTypes);
    this.#server = new Server({ ...standard, ...completed(types) }, this.#holders, onShutdown);
  }

  get address(): Address | undefined {
    return this.#door?.address;
  }

  begin(): void {
    const { referents } = this.#server;
    const item = ({ requests, replies, name, pid, tag }: Knock) => {
      const channel = new MemoryChannel<Reply, Request>(replies, requests, tag);
      this.#server.serve(channel, new Client(name, pid));
    };
    const knocks = this.#knocks.listen({ item, broken() {} });
    knocks.begin();
    const timer = setInterval(() => referents.sweep(), SWEEP_MS);
    const leave = serveHere(this.#knocks, (id) => referents.get(id)?.object);
    void this.#door?.serve(this.#server, this.#holders);
    this.#stops.push(
      () => knocks.stop(),
      () => clearInterval(timer),
      leave,
      () => referents.clear(),
    );
  }

  end(): void {
    this.#door?.[Symbol.dispose]();
    for (const stop of this.#stops.splice(0)) stop();
  }
}

/** Completes those types of which register() was told that they are a standard one. */
function completed(types: Types): Types {
  return Object.fromEntries(
    Object.entries(types).map(([name, type]) => [name, { ...standardTypes[type.standard ?? ''], ...type }]),
  );
}

function withoutCreate(types: Types): Types {
  return Object.fromEntries(Object.entries(types).map(([name, { create: _, ...type }]) => [name, type]));
}
