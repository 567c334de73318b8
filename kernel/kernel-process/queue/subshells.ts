// Subshells: further queues of cells beside the main one, whose cells run while those of other queues wait
// for something. https://jupyter.org/enhancement-proposals/91-kernel-subshells/kernel-subshells.html

import { randomUUID } from 'node:crypto';
import type { Handlers } from '../protocol/handlers';
import type { Message } from '../protocol/wire';
import { Turns } from './turns';

export class Subshells {
  readonly #main = new Turns();
  readonly #others = new Map<string, Turns>();

  /** Throws for a subshell that is not there. */
  turnsOf({ header }: Message): Turns {
    const id = header.subshell_id;
    return id === undefined || id === null ? this.#main : this.#known(id);
  }

  readonly handlers: Pick<
    Handlers,
    'create_subshell_request' | 'delete_subshell_request' | 'list_subshell_request'
  > = {
    create_subshell_request: () => {
      const subshell_id = randomUUID();
      this.#others.set(subshell_id, new Turns());
      return { status: 'ok', subshell_id };
    },
    delete_subshell_request: ({ subshell_id }) => {
      this.#known(subshell_id).abortWaiting('its subshell was deleted');
      this.#others.delete(subshell_id);
      return { status: 'ok' };
    },
    list_subshell_request: () => ({ status: 'ok', subshell_id: [...this.#others.keys()] }),
  };

  #known(id: string): Turns {
    const turns = this.#others.get(id);
    if (!turns) throw new UnknownSubshellError(id);
    return turns;
  }
}

class UnknownSubshellError extends Error {
  override readonly name = 'UnknownSubshell';
  constructor(id: string) {
    super(`There is no subshell ${id}: ask for one by create_subshell_request.`);
  }
}
