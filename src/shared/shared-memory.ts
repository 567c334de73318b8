// A piece of shared memory with a name by which the other processes of the program find it.

import { randomBytes } from 'node:crypto';
import {
  InvalidArgumentError,
  SharedMemoryClosedError,
  SharedMemoryExistsError,
  SharedMemoryNotFoundError,
} from '../errors';
import { checkOptionsOf } from '../given';
import { construct } from '../objects/construct';
import { type Composite, type Parts, registerComposite, toParts } from '../objects/handle';
import { findNamed, giveName, LONGEST_NAME, takeNameAway } from '../objects/names';
import { createSharedObject, lookAt, sizeOfShared } from '../objects/shared-buffer';
import { counted } from '../system/counted';
import { showAs } from '../system/show-as';

/**
 * Makes new memory of `size` bytes, by default under a new name; or, without `create`, opens the memory of
 * that name.
 */
export type SharedMemoryOptions =
  | {
      /** Whether to make it. */
      create: true;
      /** How many bytes it has. */
      size: number;
      /** The name by which other processes find it. Default: a name that is free. */
      name?: string;
    }
  | {
      /** Whether to make it. */
      create?: false;
      /** The name by which it is found. */
      name: string;
      /** The size is what it was made with. */
      size?: never;
    };

/**
 * Bytes that processes share. All processes of this program find them by their name; they are gone with the
 * program at the latest. Python's `multiprocessing.shared_memory.SharedMemory`.
 *
 * @example
 * const memory = new SharedMemory({ create: true, size: 3, name: 'colours' });
 * const child = new Process({ target: () => new SharedMemory({ name: 'colours' }).buf.set([255, 128, 0]) });
 * child.start();
 * await child.join();
 * console.log([...memory.buf]); // → [ 255, 128, 0 ]
 * memory.unlink();
 * new SharedMemory({ name: 'colours' }); // throws SharedMemoryNotFoundError: …Was it unlinked before…
 */
export class SharedMemory implements Composite, Disposable {
  readonly #name: string;
  readonly #size: number;
  #buf: Uint8Array | undefined;

  /**
   * @throws InvalidArgumentError for a size that is none, a name that is too long or missing.
   * @throws SharedMemoryExistsError when creating, if the name is taken.
   * @throws SharedMemoryNotFoundError when attaching, if nothing has the name.
   */
  constructor(options: SharedMemoryOptions);
  // Beyond its type: for restoring one of another process, and for what is built on it.
  constructor(options: SharedMemoryOptions | Uint8Array, arrivedName = '') {
    if (options instanceof Uint8Array) {
      this.#name = arrivedName;
      this.#buf = options;
    } else {
      checkOptionsOf('sharedMemory', options);
      this.#name = checkedName(options);
      this.#buf = options.create === true ? create(this.#name, options.size) : attach(this.#name);
    }
    this.#size = this.#buf.byteLength;
  }

  /** The name by which other processes find it. */
  get name(): string {
    return this.#name;
  }

  /** How many bytes it has, exactly as was asked for. */
  get size(): number {
    return this.#size;
  }

  /**
   * The bytes.
   *
   * @throws SharedMemoryClosedError after close().
   */
  get buf(): Uint8Array {
    if (this.#buf === undefined) throw new SharedMemoryClosedError(this.#name);
    return this.#buf;
  }

  /**
   * Closes the memory for this process. Views that it still has stay valid.
   *
   * @example
   * const memory = new SharedMemory({ create: true, size: 3, name: 'sounds' });
   * new SharedMemory({ create: true, size: 3, name: 'sounds' }); // throws SharedMemoryExistsError: …leave `create` out to attach…
   * memory.unlink();
   * memory.close();
   * memory.buf; // throws SharedMemoryClosedError: The shared memory 'sounds' was used after this process closed it.
   */
  close(): void {
    this.#buf = undefined;
  }

  /**
   * Removes the name. The memory is freed when the last process has closed it.
   *
   * @throws SharedMemoryNotFoundError the second time.
   */
  unlink(): void {
    if (!takeNameAway(this.#name)) throw new SharedMemoryNotFoundError(this.#name);
  }

  /** `using memory = …`: close() at the end of the block. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** @internal */
  [toParts](): Parts {
    return { kind: 'shared-memory', parts: [this.buf, this.#name] };
  }
}

/** Returns how it is shown; so is a face of it. */
export function sharedMemoryText({ name, size }: SharedMemory): string {
  return `<SharedMemory '${name}' of ${counted(size, 'byte')}>`;
}

showAs(SharedMemory.prototype, sharedMemoryText);

registerComposite('shared-memory', ([buf, name]) => construct(SharedMemory, buf, String(name)));

function checkedName({ name, create }: SharedMemoryOptions): string {
  if (name === undefined && create === true) return `psm_${randomBytes(4).toString('hex')}`;
  if (typeof name !== 'string' || name === '' || Buffer.byteLength(name) > LONGEST_NAME) {
    throw new InvalidArgumentError('name', `the memory's name, at most ${LONGEST_NAME} bytes long`, name);
  }
  return name;
}

function create(name: string, size: number | undefined): Uint8Array {
  if (typeof size !== 'number' || !Number.isInteger(size) || size <= 0) {
    throw new InvalidArgumentError('size', 'a whole number of bytes above 0', size);
  }
  const object = createSharedObject(size);
  const buf = view(object);
  if (!giveName(object, name)) throw new SharedMemoryExistsError(name);
  return buf;
}

function attach(name: string): Uint8Array {
  const object = findNamed(name);
  if (object === undefined) throw new SharedMemoryNotFoundError(name);
  return view(object);
}

function view(object: number): Uint8Array {
  return lookAt(object, (buffer, byteOffset) => new Uint8Array(buffer, byteOffset, sizeOfShared(object)));
}
