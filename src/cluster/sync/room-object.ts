// What the things in a room have in common: a name by which all programs in the room mean the same thing, and
// a line to it. Making one says nothing to the broker: it is there when it is first used.
import { randomUUID } from 'node:crypto';
import { checkOptionsOf, checkText } from '../../given';
import { type Handle, remember, type Shareable, toHandle } from '../../objects/handle';
import type { NameOption } from '../../objects/shared-object';
import type { Place } from '../address';
import { placeOf } from '../address';
import { partOf } from '../connection/names';
import { addressHere } from '../line/entered';
import { type Asking, type Line, lineTo, type ServiceName } from '../line/line';

/** Plain values that travel beside the name, such as a queue's size. */
type Traits = { readonly [name: string]: string | number | boolean };

/** One that exists already: restored from a handle. */
export class InRoom {
  readonly name: string;
  readonly traits: Traits;
  readonly place: Place;
  /** It has one already. That it could have another lets it stand where a program gives a NameOption. */
  declare readonly kind?: undefined;

  constructor({ kind: _kind, name, room, url, ...traits }: Handle) {
    this.name = String(name);
    this.place = placeOf(addressHere(String(room), String(url)));
    this.traits = traits;
  }
}

export abstract class RoomObject implements Shareable {
  readonly #place: Place;
  readonly #kind: string;
  readonly #name: string;
  readonly #traits: Traits;
  readonly #service: ServiceName;

  constructor(
    {
      place,
      kind,
      service,
      traits = {},
    }: { place: Place; kind: string; service: ServiceName; traits?: Traits },
    options: NameOption | InRoom = {},
  ) {
    if (!(options instanceof InRoom)) checkOptionsOf('name', options);
    if (options.name !== undefined) checkText('name', options.name);
    this.#place = options instanceof InRoom ? options.place : place;
    this.#kind = kind;
    this.#service = service;
    this.#name = options.name ?? randomUUID();
    this.#traits = traits;
    remember(this, this[toHandle]());
  }

  /** By which every program in the room means the same one. */
  get name(): string {
    return this.#name;
  }

  protected get place(): Place {
    return this.#place;
  }

  /** As a part of the broker's subjects. */
  protected get part(): string {
    return partOf(this.#name);
  }

  protected get line(): Line {
    return lineTo(this.#place);
  }

  protected ask<T>(operation: string, args: object, asking?: Asking): Promise<T> {
    return this.line.ask(this.#service, operation, args, asking);
  }

  protected askSync<T>(operation: string, args: object, asking?: Asking): T {
    return this.line.askSync(this.#service, operation, args, asking);
  }

  /** @internal */
  [toHandle](): Handle {
    const { room, url } = this.#place;
    return { ...this.#traits, kind: this.#kind, room, url, name: this.#name };
  }
}
