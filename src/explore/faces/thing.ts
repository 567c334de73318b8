// What all faces of shared things have in common: an index that stands for the thing, and how it travels.
import { checkOptionsOf } from '../../given';
import { type Handle, type Shareable, toHandle } from '../../objects/handle';
import type { NameOption } from '../../objects/shared-object';
import { isControlled, type Plain, perform, runner } from '../operations';
import { letterOf, MAIN } from '../paths';

/** Stands in place of a name, where a face is made of a thing that exists. */
export class At {
  readonly index: number;
  constructor(index: number) {
    this.index = index;
  }
}

export interface Shape {
  /** The type of its handle. */
  readonly type: string;
  /** The machine by whose rules it goes. */
  readonly machine: string;
  readonly initial: unknown;
  readonly className: string;
}

export abstract class Thing implements Shareable {
  readonly #type: string;
  readonly #index: number;

  constructor({ type, machine, initial, className }: Shape, made: NameOption | At = {}) {
    if (!(made instanceof At)) checkOptionsOf('name', made);
    this.#type = type;
    this.#index = made instanceof At ? made.index : newThing(machine, initial, className, made.name);
    remember(keyOf(type, this.#index), this);
  }

  /** @internal */
  [toHandle](): Handle {
    return { kind: 'explored', type: this.#type, index: this.#index };
  }

  /** Its index. */
  protected get thing(): number {
    return this.#index;
  }

  protected do(kind: string, ...args: Plain[]): Plain {
    return perform(kind, this.#index, args);
  }
}

/** What comes to a process twice is the same object there. */
export function remember(key: string, face: object): void {
  if (isControlled()) runner().local.known.set(key, face);
}

export function indexOf(thing: Shareable): number {
  return Number(thing[toHandle]().index);
}

export function keyOf(type: string, index: number): string {
  return `${type} ${index}`;
}

/** A thing that the running process makes; the same in every order. */
export function newThing(machine: string, initial: unknown, className: string, name?: string): number {
  const { path, local, things } = runner();
  const counted = nextName(className);
  const id = `${path}/${++local.made}`;
  return things.make({ id, machine, kind: className, initial, name: name ?? counted });
}

/** 'Lock-2' after 'Lock-1', also of what is called otherwise. */
export function nextName(className: string): string {
  const { counts } = runner().local;
  counts.set(className, (counts.get(className) ?? 0) + 1);
  return lastName(className);
}

/** Returns the name of the thing of this class that was made last. */
export function lastName(className: string): string {
  const { path, local, things } = runner();
  const number = local.counts.get(className) ?? 0;
  if (path !== MAIN) return `${className}-${letterOf(path)}${number}`;
  return `${className}-${number + (things.numbered.get(className) ?? 0)}`;
}
