// A Process object that came from the process that made it: it says who it is, and refuses what only its
// maker may do.
import { inspect } from 'node:util';
import { NotParentError } from '../errors';
import { type Handle, registerHandle, type Shareable, toHandle } from '../objects/handle';
import { findChild } from './active-children';

export class SentProcess implements Shareable {
  readonly name: string;
  readonly pid: number | undefined;
  readonly daemon: boolean;
  readonly #handle: Handle;

  constructor(handle: Handle) {
    this.#handle = handle;
    this.name = String(handle.name);
    this.pid = Number(handle.pid) || undefined;
    this.daemon = handle.daemon === true;
  }

  get ident(): number | undefined {
    return this.pid;
  }

  get sentinel(): never {
    throw new NotParentError(this.name, 'sentinel');
  }

  get exitcode(): never {
    throw new NotParentError(this.name, 'exitcode');
  }

  start(): never {
    throw new NotParentError(this.name, 'start');
  }

  join(): never {
    throw new NotParentError(this.name, 'join');
  }

  joinSync(): never {
    throw new NotParentError(this.name, 'joinSync');
  }

  isAlive(): never {
    throw new NotParentError(this.name, 'isAlive');
  }

  interrupt(): never {
    throw new NotParentError(this.name, 'interrupt');
  }

  terminate(): never {
    throw new NotParentError(this.name, 'terminate');
  }

  kill(): never {
    throw new NotParentError(this.name, 'kill');
  }

  close(): never {
    throw new NotParentError(this.name, 'close');
  }

  [toHandle](): Handle {
    return this.#handle;
  }

  [inspect.custom](): string {
    return `${this.name}${this.pid === undefined ? '' : ` (pid ${this.pid})`}`;
  }
}

// A Process that comes back to its maker is the maker's own again.
registerHandle(
  'process',
  (handle) => findChild(Number(handle.pid), String(handle.name)) ?? new SentProcess(handle),
);
