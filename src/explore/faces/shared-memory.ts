// SharedMemory, as a program under control sees it.

import { type ExplorationError, InvalidArgumentError, SharedMemoryClosedError } from '../../errors';
import { checkOptionsOf } from '../../given';
import { type Composite, type Parts, toParts } from '../../objects/handle';
import { LONGEST_NAME } from '../../objects/names';
import {
  type SharedMemory as RealSharedMemory,
  type SharedMemoryOptions,
  sharedMemoryText,
} from '../../shared/shared-memory';
import { showAs } from '../../system/show-as';
import { hash } from '../hash';
import { zeros } from '../machines/memory';
import { perform, runner } from '../operations';
import type { Public } from './public';
import { refusal, tooLarge } from './refusal';
import { newThing } from './thing';
import { makeView, viewOf } from './view';

export class SharedMemory implements Public<RealSharedMemory>, Composite, Disposable {
  readonly #name: string;
  readonly #size: number;
  #buf: Uint8Array | undefined;

  constructor(options: SharedMemoryOptions | Uint8Array, arrivedName = '') {
    if (viewOf(options) !== undefined) {
      this.#name = arrivedName;
      this.#buf = options as Uint8Array;
    } else {
      const asked = options as SharedMemoryOptions;
      checkOptionsOf('sharedMemory', asked);
      this.#name = checkedName(asked);
      this.#buf = asked.create === true ? create(this.#name, asked.size) : attach(this.#name);
    }
    this.#size = this.#buf.byteLength;
  }

  get name(): string {
    return this.#name;
  }

  get size(): number {
    return this.#size;
  }

  get buf(): Uint8Array<ArrayBuffer> {
    if (this.#buf === undefined) throw new SharedMemoryClosedError(this.#name);
    return this.#buf as Uint8Array<ArrayBuffer>;
  }

  close(): void {
    this.#buf = undefined;
  }

  unlink(): void {
    perform('unlink', namesThing(), [this.#name]);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** @internal */
  [toParts](): Parts {
    return { kind: 'shared-memory', parts: [this.buf, this.#name] };
  }
}

/** The one list of names that all processes have. */
export function namesThing(): number {
  const { things } = runner();
  return things.names as number;
}

export function checkedName({ name, create: isNew }: { name?: string; create?: boolean }): string {
  const { path, local } = runner();
  if (name === undefined && isNew === true) {
    return `psm_${hash(`${path} ${local.made}`).toString(16).padStart(8, '0')}`;
  }
  if (typeof name !== 'string' || name === '' || Buffer.byteLength(name) > LONGEST_NAME) {
    throw new InvalidArgumentError('name', `the memory's name, at most ${LONGEST_NAME} bytes long`, name);
  }
  return name;
}

function create(name: string, size: number | undefined): Uint8Array {
  if (typeof size !== 'number' || !Number.isInteger(size) || size <= 0) {
    throw new InvalidArgumentError('size', 'a whole number of bytes above 0', size);
  }
  const index = newThing('memory', zeros(size), 'SharedMemory', name);
  perform('create', namesThing(), [name, { index, size }]);
  return view(index, size);
}

function attach(name: string): Uint8Array {
  const { index, size } = findNamed(name);
  if (size === undefined) throw belowList();
  return view(index, size);
}

export function belowList(): ExplorationError {
  return refusal('the memory below a ShareableList', 'use its items, or a SharedMemory of your own');
}

/** What a name of shared memory stands for. */
export interface NamedMemory {
  /** The index of the thing; left out for what was there before and is too large. */
  readonly index?: number;
  /** How many bytes it has; left out for a list that the program has made. */
  readonly size?: number;
  /** How many items such a list has. */
  readonly length?: number;
}

export function findNamed(name: string): NamedMemory & { readonly index: number } {
  const found = perform('attach', namesThing(), [name]) as unknown as NamedMemory;
  const { index, size = 0 } = found;
  if (index === undefined) throw tooLarge(size);
  return { ...found, index };
}

function view(index: number, length: number): Uint8Array {
  return makeView({ index, kind: 'Uint8Array', from: 0, length }, length) as unknown as Uint8Array;
}

showAs(SharedMemory.prototype, sharedMemoryText);
