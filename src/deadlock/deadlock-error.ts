// The error of a wait that could never have ended: its sentences, the plain description that they were made
// of, and its picture.

import { ParallelError } from '../errors';
import { svgImage } from '../host/svg-image';
import type { Hang } from './hang';
import { hangPicture } from './hang-picture';
import { hangSentence } from './hang-sentence';
import { hangText } from './hang-text';

/** The symbol by which a value says how a notebook shows it. */
export const display: unique symbol = Symbol.for('Jupyter.display') as never;

/**
 * Thrown by a wait that could never have ended: every process that could have ended it waits as well. One of
 * the waiting processes gets this error, and the message says which they are, what each holds, what each
 * waits for, and what to write instead. `display(error)` draws it.
 *
 * @example
 * const lock = new Lock({ name: 'door' });
 * await lock.acquire();
 * const error = await lock.acquire().catch((reason) => reason);
 * console.log(error.name, error.hang.kind); // → DeadlockError double-acquire
 * console.log(error.message.split(/ \(.*?\)/).join('')); // → MainProcess waits for door for ever. It holds door itself, and nobody else could release it. A Lock cannot be taken twice: use an RLock, or release it first.
 */
export class DeadlockError extends ParallelError {
  /**
   * Which process waits for what, and which one has it, as plain data; `kind` says which kind of hang it is.
   */
  declare readonly hang: Hang;
  constructor(hang: Hang) {
    super('deadlock', hangSentence(hang));
    // The sentences say it all: in a list of the error's fields it would only be long.
    Object.defineProperty(this, 'hang', { value: hang });
  }

  /** A picture of the waits as SVG; the circle is marked. */
  get svg(): string {
    return hangPicture(this.hang);
  }

  /** The waits as lines of text; those of the circle begin with →. */
  get text(): string {
    return hangText(this.hang);
  }

  /** @internal */
  [display](): { [mime: string]: string } {
    return { 'text/html': svgImage(this.svg, 'Who waits for whom'), 'text/plain': this.text };
  }
}
